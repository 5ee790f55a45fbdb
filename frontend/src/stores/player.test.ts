import { createPinia, setActivePinia } from 'pinia'
import { nextTick } from 'vue'
import { beforeEach, expect, it } from 'vitest'
import { song } from '@test/fixtures'
import { usePlayer } from './player'

beforeEach(() => setActivePinia(createPinia()))

const ids = (player: ReturnType<typeof usePlayer>) => player.queue.map((one) => one.song.id)

it('hears a song now and goes on with the queue after it', () => {
  const player = usePlayer()
  player.playAll([song(1), song(2), song(3)], 'row-1')
  player.play(song(9))
  expect(ids(player)).toEqual([1, 9, 2, 3])
  expect(player.current?.song.id).toBe(9)
  expect(player.isPlaying(9)).toBe(true)
  player.next()
  expect(player.current?.song.id).toBe(2)
  expect(player.current?.rowId).toBe('row-1')
})

it('leaves out what cannot be heard', () => {
  const player = usePlayer()
  player.playAll([song(1, { audio: null }), song(2)])
  expect(ids(player)).toEqual([2])
})

it('begins a song anew before it goes back', () => {
  const player = usePlayer()
  player.playAll([song(1), song(2)])
  player.next()
  player.seek(10)
  player.previous()
  expect([player.current?.song.id, player.position]).toEqual([2, 0])
  player.previous()
  expect(player.current?.song.id).toBe(1)
})

it('ends, repeats all or repeats one', () => {
  const player = usePlayer()
  player.playAll([song(1), song(2)])
  player.next()
  player.ended()
  expect([player.current?.song.id, player.wanted]).toEqual([2, false])
  player.wanted = true
  player.repeat = 'one'
  player.ended()
  expect([player.current?.song.id, player.wanted]).toEqual([2, true])
  player.repeat = 'all'
  player.ended()
  expect(player.current?.song.id).toBe(1)
})

it('shuffles what is to come and finds the order again', () => {
  const player = usePlayer()
  const all = Array.from({ length: 30 }, (_, i) => song(i + 1))
  player.playAll(all)
  player.next()
  player.shuffle()
  expect(ids(player).slice(0, 2)).toEqual([1, 2])
  expect(ids(player)).not.toEqual(all.map(({ id }) => id))
  expect([...ids(player)].sort((a, b) => a - b)).toEqual(all.map(({ id }) => id))
  player.shuffle()
  expect(ids(player)).toEqual(all.map(({ id }) => id))
  expect(player.current?.song.id).toBe(2)
})

it('keeps the playing song when others move or go', () => {
  const player = usePlayer()
  player.playAll([song(1), song(2), song(3)])
  player.next()
  player.move(2, 0)
  expect(ids(player)).toEqual([3, 1, 2])
  expect(player.current?.song.id).toBe(2)
  player.remove(player.queue[0]?.key ?? 0)
  expect(player.current?.song.id).toBe(2)
  player.remove(player.current?.key ?? 0)
  expect([player.current?.song.id, player.wanted]).toEqual([1, false])
})

it('finds queue and place again after a reload, and waits for a click', async () => {
  const player = usePlayer()
  player.playAll([song(1), song(2)])
  player.next()
  player.seek(12)
  await nextTick()
  setActivePinia(createPinia())
  const again = usePlayer()
  expect(ids(again)).toEqual([1, 2])
  expect([again.current?.song.id, again.position, again.wanted]).toEqual([2, 12, false])
})

it('forgets what it cannot read', () => {
  localStorage.setItem('huisheng.player', '{broken')
  expect(usePlayer().queue).toEqual([])
})
