import { expect, it } from 'vitest'
import type { Reason, Row } from '@/api/types'
import { setLocale } from '@/i18n'
import { row } from '@test/fixtures'
import { withSetup } from '@test/render'
import { show } from './mergeRows'
import { useReasons } from './useReasons'

const song = (id: number, title: string) => ({ id, title })
const reasons: [Reason, string, string][] = [
  [{ kind: 'popular', listeners: 18, days: 30 }, '近 30 天 18 人在听', '18 listeners in 30 days'],
  [{ kind: 'popular', listeners: 18, days: null }, '共 18 人听过', 'Heard by 18 people'],
  [
    { kind: 'similar_to', song: song(1, '青绿'), similarity: 0.874 },
    '与《青绿》相似度 0.87',
    '0.87 similar to “青绿”',
  ],
  [
    { kind: 'similar_listeners', liked: 18, of: 23 },
    '18/23 位口味相近的听众喜欢',
    'Liked by 18 of 23 similar listeners',
  ],
  [
    { kind: 'continues', songs: [song(1, '候鸟电台')], ordered: true },
    '接在《候鸟电台》之后',
    'Follows “候鸟电台”',
  ],
  [
    { kind: 'continues', songs: [song(1, '青绿'), song(2, '慢车')], ordered: true },
    '接在《青绿》和《慢车》之后',
    'Follows “青绿” and “慢车”',
  ],
  [
    { kind: 'continues', songs: [song(1, '青绿')], ordered: false },
    '由你听过的《青绿》引出',
    'Drawn from “青绿”, which you heard',
  ],
  [
    { kind: 'nearest_liked', song: song(1, '青绿'), similarity: 0.874 },
    '离你喜欢的《青绿》最近，相似度 0.87',
    'Nearest to “青绿”, which you like: 0.87',
  ],
  [
    {
      kind: 'alike',
      song: song(1, '青绿'),
      modality: 'audio',
      similarity: 0.624,
      parts: [
        { modality: 'audio', similarity: 0.5 },
        { modality: 'text', similarity: 0.124 },
      ],
    },
    '听感与《青绿》相近 0.62',
    'Sounds like “青绿”: 0.62',
  ],
  [{ kind: 'taste', pick: '民谣' }, '因为你选了「民谣」', 'Because you chose “民谣”'],
  [{ kind: 'newest' }, '最新发行', 'New release'],
]

it.each(reasons)('words %j in both languages', async (reason, chinese, english) => {
  const { result } = withSetup(useReasons)
  expect(result.reasonText(reason)).toBe(chinese)
  await setLocale('en')
  expect(result.reasonText(reason)).toBe(english)
})

const rows: [Row['algorithm'], Partial<Row>, string][] = [
  ['rnn', {}, '按你最近 20 首的先后顺序预测下一首'],
  ['usercf', {}, '来自 23 位口味相近听众的喜欢'],
  ['itemcf', {}, '从你点过红心的 12 首出发'],
  ['itemcf', { basis: { history: 3, hearts: 0, neighbours: null } }, '从你评过的 3 首出发'],
  ['rnn', { fallback: true, basis: { history: 0, hearts: 0, neighbours: null } }, '先选几首喜欢的'],
  ['rnn', { fallback: true }, '再评几首歌，这里就会按你的口味来'],
  ['rnn', { fallback: true, state: 'training' }, '正在准备这一行，先放热门和最新的歌'],
  ['rnn', { fallback: true, state: 'missing' }, '这一行还没有模型，先放热门和最新的歌'],
]

it.each(rows)('says what a %s row %j was made from', (algorithm, given, text) => {
  const { result } = withSetup(useReasons)
  expect(result.basisText(show(row(algorithm, [1, 2, 3, 4], given)))).toBe(text)
})
