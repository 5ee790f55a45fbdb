import { fireEvent } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderPart } from '@test/render'
import CoverArt from './CoverArt.vue'

const cover = { url: '/covers/1.jpg', palette: 2, motif: 3 }

it('shows the real cover', () => {
  const { container } = renderPart(CoverArt, { props: { cover, seed: 1 } })
  expect(container.querySelector('img')).toHaveAttribute('src', '/covers/1.jpg')
})

it('draws one when the real cover cannot be loaded', async () => {
  const { container } = renderPart(CoverArt, { props: { cover, seed: 1 } })
  await fireEvent.error(container.querySelector('img') as HTMLImageElement)
  expect(container.querySelector('img')).toBeNull()
  expect(container.querySelectorAll('svg rect').length).toBeGreaterThan(5)
})

it('draws one when there is none', () => {
  const { container } = renderPart(CoverArt, { props: { cover: { ...cover, url: null }, seed: 1 } })
  expect(container.querySelector('svg')).toBeInTheDocument()
})
