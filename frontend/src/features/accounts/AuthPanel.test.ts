import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { expect, it } from 'vitest'
import { me } from '@test/fixtures'
import { openSite, screen } from '@test/render'
import { refuse, server } from '@test/server'

const name = () => screen.getByLabelText('用户名')
const password = () => screen.getByLabelText('密码')
const press = (label: string) => userEvent.click(screen.getByRole('button', { name: label }))

/** Answers in turn to what is sent to `path`, and keeps the bodies. */
function answers(path: string, ...given: (() => Response)[]) {
  const bodies: unknown[] = []
  server.use(
    http.post(`*/api/accounts/${path}`, async ({ request }) => {
      bodies.push(await request.json())
      return given[bodies.length - 1]?.() ?? HttpResponse.error()
    }),
  )
  return bodies
}

it('logs in and goes where the visitor came from', async () => {
  const bodies = answers('login', () => HttpResponse.json(me()))
  const { router } = await openSite('/login?next=/library?genre=民谣')
  await userEvent.type(name(), ' 林深树海 ')
  await userEvent.type(password(), 'long enough')
  await press('登录')
  await screen.findByRole('heading', { name: '歌曲库' })
  expect(router.currentRoute.value.query).toEqual({ genre: '民谣' })
  expect(bodies).toEqual([{ username: '林深树海', password: 'long enough' }])
})

it('registers and offers the picker', async () => {
  answers('register', () => HttpResponse.json(me(), { status: 201 }))
  server.use(
    http.get('*/api/artists', () =>
      HttpResponse.json({ items: [], page: 1, per_page: 24, total: 0 }),
    ),
  )
  const { router } = await openSite('/login?tab=register')
  await userEvent.type(name(), '林深树海')
  await userEvent.type(password(), 'long enough')
  await press('注册')
  await screen.findByRole('heading', { name: '先选几首喜欢的' })
  expect(router.currentRoute.value.name).toBe('welcome')
})

it('tells what is missing before asking the server, and goes to it', async () => {
  const bodies = answers('login')
  await openSite('/login')
  await press('登录')
  expect(screen.getByText('填写用户名。')).toBeInTheDocument()
  expect(screen.getByText('填写密码。')).toBeInTheDocument()
  expect(name()).toHaveFocus()
  expect(name()).toHaveAccessibleDescription('填写用户名。')
  expect(bodies).toEqual([])
})

it('holds new accounts to the rules', async () => {
  answers('register')
  await openSite('/login?tab=register')
  await userEvent.type(name(), 'a b!')
  await userEvent.type(password(), 'short')
  await press('注册')
  expect(screen.getByText('用户名为 4–20 位字母、数字或中文。')).toBeInTheDocument()
  expect(screen.getByText('密码为 8–128 位。')).toBeInTheDocument()
})

it('says under the field what the server refused', async () => {
  const taken = { field: 'username', code: 'username-taken', message: 'taken' }
  answers('register', () => refuse('username-taken', 409, [taken]))
  await openSite('/login?tab=register')
  await userEvent.type(name(), '林深树海')
  await userEvent.type(password(), 'long enough')
  await press('注册')
  expect(await screen.findByText('这个用户名已经有人用了，换一个。')).toBeInTheDocument()
  expect(name()).toHaveAttribute('aria-invalid', 'true')
})

it('refuses wrong credentials, keeps what was typed, and lets try again', async () => {
  answers(
    'login',
    () => refuse('wrong-credentials', 401),
    () => HttpResponse.json(me()),
  )
  const { router } = await openSite('/login')
  await userEvent.type(name(), '林深树海')
  await userEvent.type(password(), 'long enough')
  await press('登录')
  expect(await screen.findByText('用户名或密码不对。')).toBeInTheDocument()
  expect(password()).toHaveValue('long enough')
  await press('登录')
  await screen.findByRole('heading', { name: '最新歌曲' })
  expect(router.currentRoute.value.path).toBe('/')
})

it('says when the server cannot be reached', async () => {
  answers('login')
  await openSite('/login')
  await userEvent.type(name(), '林深树海')
  await userEvent.type(password(), 'long enough')
  await press('登录')
  expect(await screen.findByText('连不上服务器，检查网络后重试。')).toBeInTheDocument()
})

it('keeps the tab in the address', async () => {
  const { router } = await openSite('/login')
  await userEvent.click(screen.getByRole('tab', { name: '注册' }))
  expect(await screen.findByRole('heading', { name: '从一颗红心开始' })).toBeInTheDocument()
  expect(router.currentRoute.value.query.tab).toBe('register')
  expect(password()).toHaveAttribute('autocomplete', 'new-password')
})

it('shows the password on request', async () => {
  await openSite('/login')
  await userEvent.click(screen.getByRole('button', { name: '显示密码' }))
  expect(password()).toHaveAttribute('type', 'text')
  expect(screen.getByRole('button', { name: '显示密码' })).toHaveAttribute('aria-pressed', 'true')
})
