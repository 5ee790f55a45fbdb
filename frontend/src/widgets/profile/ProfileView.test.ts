import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { me } from '@test/fixtures'
import { logIn, openSite, screen } from '@test/render'
import { refuse, server } from '@test/server'

beforeEach(() => logIn())

it('saves a name only when it was changed, and says what is wrong with one', async () => {
  const bodies: unknown[] = []
  server.use(
    http.patch('*/api/me', async ({ request }) => {
      bodies.push(await request.json())
      return bodies.length === 1
        ? refuse('username-taken', 409, [
            { field: 'username', code: 'username-taken', message: 'taken' },
          ])
        : HttpResponse.json(me({ username: '听雨的人' }))
    }),
  )
  await openSite('/me')
  const save = await screen.findByRole('button', { name: '保存' })
  expect(save).toBeDisabled()
  const name = screen.getByLabelText('用户名')
  await userEvent.clear(name)
  await userEvent.type(name, '听雨的人')
  await userEvent.click(save)
  expect(await screen.findByText('这个用户名已经有人用了，换一个。')).toBeInTheDocument()
  await userEvent.click(save)
  expect(await screen.findByText('已保存')).toBeInTheDocument()
  expect(bodies[1]).toEqual({ username: '听雨的人', bio: null })
})

it('tells a wrong password from a short one before and after asking', async () => {
  server.use(
    http.put('*/api/me/password', () =>
      refuse('wrong-password', 422, [
        { field: 'password', code: 'wrong-password', message: 'wrong' },
      ]),
    ),
    http.get('*/api/me/sessions', () => HttpResponse.json({ items: [] })),
  )
  await openSite('/me?tab=login')
  await userEvent.type(await screen.findByLabelText('当前密码'), 'something')
  await userEvent.type(screen.getByLabelText('新密码'), 'short')
  await userEvent.click(screen.getByRole('button', { name: '修改密码' }))
  expect(screen.getByText('密码为 8–128 位。')).toBeInTheDocument()
  await userEvent.type(screen.getByLabelText('新密码'), ' and longer')
  await userEvent.type(screen.getByLabelText('再输一次新密码'), 'short and longer')
  await userEvent.click(screen.getByRole('button', { name: '修改密码' }))
  expect(await screen.findByText('密码不对。')).toBeInTheDocument()
})

it('hides stars and hearts on this device and remembers it', async () => {
  await openSite('/me?tab=preferences')
  await userEvent.click(await screen.findByRole('switch', { name: /隐藏星级/ }))
  expect(document.documentElement.hasAttribute('data-no-stars')).toBe(true)
  expect(localStorage.getItem('huisheng.hidden')).toBe('stars')
  await userEvent.click(screen.getByRole('switch', { name: /隐藏星级/ }))
  expect(document.documentElement.hasAttribute('data-no-stars')).toBe(false)
})

it('switches off the keys that need no Ctrl', async () => {
  await openSite('/me?tab=preferences')
  const box = await screen.findByRole('combobox', { name: '搜索' })
  const toggle = await screen.findByRole('switch', { name: /单键快捷键/ })
  await userEvent.click(toggle)
  toggle.blur()
  await userEvent.keyboard('/')
  expect(box).not.toHaveFocus()
  await userEvent.click(toggle)
  toggle.blur()
  await userEvent.keyboard('/')
  expect(box).toHaveFocus()
})
