import userEvent from '@testing-library/user-event'
import { fireEvent, waitFor } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderPart, screen } from '@test/render'
import StarRating from './StarRating.vue'

const stars = () => screen.getByRole('radio', { checked: true })

it('names every star and shows the one chosen', () => {
  renderPart(StarRating, { props: { title: '雾港', stars: 3 } })
  expect(screen.getByRole('group', { name: '给《雾港》评分' })).toBeInTheDocument()
  expect(stars()).toHaveAccessibleName('3 星，一般')
})

it('saves a pressed star at once, and clears when it is pressed again', async () => {
  const { emitted } = renderPart(StarRating, { props: { title: '雾港', stars: 0 } })
  await userEvent.click(screen.getByLabelText('4 星，喜欢'))
  expect(emitted('rate')).toEqual([[4]])
  await userEvent.click(screen.getByLabelText('4 星，喜欢'))
  expect(emitted('rate')).toEqual([[4], [0]])
  expect(stars()).toHaveAccessibleName('未评分')
})

it('saves once, 400 ms after the last arrow key', async () => {
  const { emitted } = renderPart(StarRating, { props: { title: '雾港', stars: 1 } })
  await userEvent.tab()
  await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}')
  expect(stars()).toHaveAccessibleName('4 星，喜欢')
  expect(emitted('rate')).toBeUndefined()
  await waitFor(() => expect(emitted('rate')).toEqual([[4]]))
})

it('does not lose the arrow choice of somebody who leaves early', async () => {
  const { emitted } = renderPart(StarRating, { props: { title: '雾港', stars: 1 } })
  await userEvent.tab()
  await userEvent.keyboard('{ArrowRight}')
  await userEvent.tab()
  expect(emitted('rate')).toEqual([[2]])
})

it('goes back when the rating was refused', async () => {
  const { rerender } = renderPart(StarRating, { props: { title: '雾港', stars: 2 } })
  await rerender({ stars: 5 })
  await rerender({ stars: 2 })
  expect(stars()).toHaveAccessibleName('2 星，较差')
})

it('reports but does not show the choice of a visitor', async () => {
  const { emitted } = renderPart(StarRating, { props: { title: '雾港', stars: 0, locked: true } })
  await fireEvent.click(screen.getByLabelText('4 星，喜欢'))
  expect(emitted('rate')).toEqual([[4]])
  expect(screen.getByLabelText('4 星，喜欢')).not.toBeChecked()
})
