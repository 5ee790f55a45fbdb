import type { EmblaCarouselType } from 'embla-carousel'
import emblaCarouselVue from 'embla-carousel-vue'
import { defineComponent, watch, type PropType } from 'vue'

/** Lets the slides in a viewport be dragged and scrolled. Heavy: it comes after the first slide is seen. */
export default defineComponent({
  props: { viewport: { type: Object as PropType<HTMLElement>, required: true } },
  emits: { ready: (api: EmblaCarouselType) => Boolean(api) },
  setup(props, { emit }) {
    const [node, api] = emblaCarouselVue({ loop: true, align: 'start' })
    node.value = props.viewport
    watch(api, (made) => made && emit('ready', made))
    return () => null
  },
})
