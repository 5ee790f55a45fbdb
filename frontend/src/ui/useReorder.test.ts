import userEvent from '@testing-library/user-event'
import { fireEvent, render, screen } from '@testing-library/vue'
import { expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick, ref, useTemplateRef } from 'vue'
import DragGrip from './DragGrip.vue'
import MoveButtons from './MoveButtons.vue'
import { useReorder } from './useReorder'

const HEIGHT = 40

/** Four rows of one height; what the list keeps is told to `keep`. */
async function open(keep = vi.fn()) {
  const Rows = defineComponent({
    setup() {
      const names = ref(['甲', '乙', '丙', '丁'])
      const shift = (from: number, to: number) =>
        names.value.splice(to, 0, ...names.value.splice(from, 1))
      const { step } = useReorder(useTemplateRef<HTMLElement>('list'), { shift, keep })
      const row = (name: string, place: number) =>
        h('li', { key: name }, [
          h(DragGrip),
          h('span', name),
          h(MoveButtons, {
            up: `上移${name}`,
            down: `下移${name}`,
            isFirst: place === 0,
            isLast: place === names.value.length - 1,
            onMove: (by: -1 | 1) => step(place, by),
          }),
        ])
      return () => h('ol', { ref: 'list' }, names.value.map(row))
    },
  })
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function (this: Element) {
    const place = [...(this.parentElement?.children ?? [])].indexOf(this)
    return new DOMRect(0, place * HEIGHT, 100, HEIGHT)
  })
  render(Rows)
  await nextTick()
  return keep
}

const shown = () => screen.getAllByRole('listitem').map((row) => row.textContent.trim())
const at = (place: number) => (place + 0.5) * HEIGHT
const row = (name: string) => screen.getByText(name)
const grip = (name: string) => row(name).closest('li')?.querySelector('.grip') as Element

it('drags a row with the mouse and keeps the order once', async () => {
  const keep = await open()
  await fireEvent.pointerDown(row('甲'), { button: 0, pointerType: 'mouse', clientY: at(0) })
  await fireEvent.pointerMove(document, { clientY: at(1) })
  await fireEvent.pointerMove(document, { clientY: at(2) })
  expect(shown()).toEqual(['乙', '丙', '甲', '丁'])
  expect(keep).not.toHaveBeenCalled()
  await fireEvent.pointerUp(document)
  await fireEvent.pointerMove(document, { clientY: at(0) })
  expect(shown()).toEqual(['乙', '丙', '甲', '丁'])
  expect(keep).toHaveBeenCalledOnce()
})

it('lets a finger scroll, except on the grip', async () => {
  const keep = await open()
  await fireEvent.pointerDown(row('丁'), { button: 0, pointerType: 'touch', clientY: at(3) })
  await fireEvent.pointerMove(document, { clientY: at(0) })
  expect(shown()).toEqual(['甲', '乙', '丙', '丁'])
  await fireEvent.pointerDown(grip('丁'), { button: 0, pointerType: 'touch', clientY: at(3) })
  await fireEvent.pointerMove(document, { clientY: -5 })
  await fireEvent.pointerUp(document)
  expect(shown()).toEqual(['丁', '甲', '乙', '丙'])
  expect(keep).toHaveBeenCalledOnce()
})

it.each(['Escape', 'cancel'])('puts the row back on %s', async (how) => {
  const keep = await open()
  await fireEvent.pointerDown(grip('乙'), { button: 0, pointerType: 'mouse', clientY: at(1) })
  await fireEvent.pointerMove(document, { clientY: at(3) + 100 })
  expect(shown()).toEqual(['甲', '丙', '丁', '乙'])
  if (how === 'Escape') await fireEvent.keyDown(document, { key: 'Escape' })
  else await fireEvent.pointerCancel(document)
  expect(shown()).toEqual(['甲', '乙', '丙', '丁'])
  expect(keep).not.toHaveBeenCalled()
})

it('steps by keyboard, and the focus goes along', async () => {
  const keep = await open()
  const user = userEvent.setup()
  screen.getByRole('button', { name: '下移甲' }).focus()
  await user.keyboard('{Enter}{Enter}')
  expect(shown()).toEqual(['乙', '丙', '甲', '丁'])
  expect(screen.getByRole('button', { name: '下移甲' })).toHaveFocus()
  await user.keyboard('{Enter}')
  // At the end there is no further step: the way back has the focus.
  expect(screen.getByRole('button', { name: '上移甲' })).toHaveFocus()
  expect(keep).toHaveBeenCalledTimes(3)
})

it('is no drag when the hand hardly stirs', async () => {
  const keep = await open()
  await fireEvent.pointerDown(row('甲'), { button: 0, pointerType: 'mouse', clientY: 38 })
  await fireEvent.pointerMove(document, { clientY: 41 })
  await fireEvent.pointerUp(document)
  await fireEvent.pointerMove(document, { clientY: at(3) })
  expect(shown()).toEqual(['甲', '乙', '丙', '丁'])
  expect(keep).not.toHaveBeenCalled()
})
