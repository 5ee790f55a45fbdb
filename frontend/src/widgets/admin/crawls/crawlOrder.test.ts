import { describe, expect, it } from 'vitest'
import type { CrawlSource } from '@/api/types'
import { crawlOrder } from './crawlOrder'

const source: CrawlSource = {
  name: 'ncm',
  host: '127.0.0.1:8900',
  seeds: ['toplist', 'playlist', 'tag', 'artist'],
  default_seeds: ['toplist'],
  kinds: ['artist', 'album', 'lyric', 'comments'],
  obstacle: null,
}
const empty = { seed: 'toplist', value: '', limit: '', delay: '', left: {} }

describe('crawlOrder', () => {
  it('asks for everything when nothing is said', () => {
    expect(crawlOrder(source, empty).order).toEqual({
      source: 'ncm',
      seeds: ['toplist'],
      limit: null,
      kinds: [],
      delay: null,
    })
  })

  it('sends seed, limit, delay and the kinds that are left in', () => {
    const form = {
      seed: 'artist',
      value: ' 6452 ',
      limit: '50',
      delay: '0.5',
      left: { album: true },
    }
    expect(crawlOrder(source, form).order).toEqual({
      source: 'ncm',
      seeds: ['artist:6452'],
      limit: 50,
      kinds: ['song', 'artist', 'lyric', 'comments'],
      delay: 0.5,
    })
  })

  it('has no seed where the source starts from the library', () => {
    expect(
      crawlOrder({ ...source, name: 'lrclib' }, { ...empty, seed: 'none' }).order?.seeds,
    ).toEqual([])
  })

  it.each([
    [{ seed: 'tag', value: '  ' }, { value: true }],
    [{ limit: '十首' }, { limit: true }],
    [{ limit: '0' }, { limit: true }],
    [{ limit: '1.5' }, { limit: true }],
    [{ delay: '-1' }, { delay: true }],
    [{ delay: '3601' }, { delay: true }],
    [
      { seed: 'tag', limit: 'x', delay: 'y' },
      { value: true, limit: true, delay: true },
    ],
  ])('refuses %j and names the fields', (part, complaints) => {
    expect(crawlOrder(source, { ...empty, ...part })).toEqual({ order: null, complaints })
  })
})
