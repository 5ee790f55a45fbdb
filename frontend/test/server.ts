import { http, HttpResponse, type JsonBodyType } from 'msw'
import { setupServer } from 'msw/node'
import { me, row, song, songDetail } from './fixtures'

const names = (...items: string[]) => ({ items: items.map((name) => ({ name, count: 10 })) })

/** A problem+json answer of the given kind. */
export const refuse = (
  kind: string,
  status: number,
  errors: { field: string; code: string; message: string }[] = [],
) =>
  HttpResponse.json(
    { type: `/problems/${kind}`, title: kind, status, detail: kind, instance: '/', errors },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  )

export const page = (items: JsonBodyType[], total = items.length, number = 1, per_page = 24) => ({
  items,
  page: number,
  per_page,
  total,
})

/** A server where everything is well; tests put what they need before it. */
export const server = setupServer(
  http.get('*/api/site', () =>
    HttpResponse.json({
      demo: true,
      counts: { songs: 300, artists: 30, listeners: 500 },
      training: [],
      models: {},
      timezone: 'Asia/Shanghai',
    }),
  ),
  http.get('*/api/accounts/me', () => HttpResponse.json(me())),
  http.get('*/api/home/carousel', () =>
    HttpResponse.json({ items: [91, 92, 93].map((id) => ({ song: song(id), lyric_lines: [] })) }),
  ),
  http.get('*/api/home/newest', () =>
    HttpResponse.json({ items: [81, 82, 83, 84].map((id) => song(id)) }),
  ),
  http.get('*/api/songs', () => HttpResponse.json(page([81, 82, 83, 84].map((id) => song(id))))),
  http.get('*/api/songs/:id', ({ params }) => HttpResponse.json(songDetail(Number(params.id)))),
  http.get('*/api/songs/:id/lyrics', ({ params }) =>
    HttpResponse.json({ song_id: Number(params.id), kind: 'uncollected', lines: [], source: null }),
  ),
  http.get('*/api/genres', () => HttpResponse.json(names('民谣', '摇滚', '电子', '古风'))),
  http.get('*/api/languages', () => HttpResponse.json(names('国语', '粤语'))),
  http.get('*/api/years', () => HttpResponse.json({ items: [{ year: 2026, count: 4 }] })),
  http.get('*/api/recommendations', () =>
    HttpResponse.json({ rows: [row('rnn', [1, 2, 3, 4]), row('usercf', [5, 6, 7, 8])] }),
  ),
  http.post('*/api/impressions', () => HttpResponse.json({ accepted: 1 }, { status: 202 })),
  http.post('*/api/clicks', () => HttpResponse.json({ accepted: 1 }, { status: 202 })),
)
