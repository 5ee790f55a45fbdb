import userEvent from '@testing-library/user-event'
import { fireEvent, within } from '@testing-library/vue'
import { beforeEach, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { song } from '@test/fixtures'
import { renderPart, screen } from '@test/render'
import { media } from '@test/setup'
import HeroCarousel from './HeroCarousel.vue'

const items = [1, 2, 3].map((id) => ({ song: song(id), lyric_lines: ['第一句', '第二句'] }))
async function open(): Promise<void> {
  renderPart(HeroCarousel, { props: { items } })
  await nextTick()
}
const current = () =>
  [...document.querySelectorAll('[aria-roledescription=slide]')]
    .filter((slide) => !slide.hasAttribute('inert'))
    .map((slide) => slide.getAttribute('aria-label'))
const wait = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000)
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))

beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }))

it('shows one slide and hides the others from keyboard and reader', async () => {
  await open()
  expect(current()).toEqual(['第 1 张，共 3 张'])
  expect(screen.getByText('歌手1《专辑1》')).toBeInTheDocument()
  const shown = within(screen.getByRole('group', { name: '第 1 张，共 3 张' }))
  expect(shown.getByRole('link', { name: '歌1' })).toHaveAttribute('href', '/songs/1')
  expect(shown.getByRole('button', { name: '播放《歌1》' })).toBeVisible()
})

it('moves on by itself every six seconds and begins again', async () => {
  await open()
  await wait(6)
  expect(current()).toEqual(['第 2 张，共 3 张'])
  await wait(12)
  expect(current()).toEqual(['第 1 张，共 3 张'])
})

it('stays where it is once it was paused, also after the mouse has passed over it', async () => {
  await open()
  await press('暂停轮播')
  const region = screen.getByRole('region', { name: '最新发行的歌' })
  await fireEvent.mouseEnter(region)
  await fireEvent.mouseLeave(region)
  await wait(30)
  expect(current()).toEqual(['第 1 张，共 3 张'])
  await press('继续轮播')
  await wait(6)
  expect(current()).toEqual(['第 2 张，共 3 张'])
})

it('waits under the mouse', async () => {
  await open()
  const region = screen.getByRole('region', { name: '最新发行的歌' })
  await fireEvent.mouseEnter(region)
  await wait(30)
  expect(current()).toEqual(['第 1 张，共 3 张'])
  await fireEvent.mouseLeave(region)
  await wait(6)
  expect(current()).toEqual(['第 2 张，共 3 张'])
})

it('goes back and forth by button, dot and arrow key', async () => {
  await open()
  await press('上一张')
  expect(current()).toEqual(['第 3 张，共 3 张'])
  await press('第 2 张：歌2')
  expect(current()).toEqual(['第 2 张，共 3 张'])
  screen.getByRole('button', { name: '下一张' }).focus()
  await userEvent.setup({ delay: null }).keyboard('{ArrowRight}')
  expect(current()).toEqual(['第 3 张，共 3 张'])
  expect(screen.getByRole('button', { name: '第 3 张：歌3' })).toHaveAttribute('aria-current')
})

it('does not move by itself for readers who want stillness', async () => {
  media.add('(prefers-reduced-motion: reduce)')
  await open()
  await wait(30)
  expect(current()).toEqual(['第 1 张，共 3 张'])
  expect(screen.queryByRole('button', { name: '暂停轮播' })).toBeNull()
})
