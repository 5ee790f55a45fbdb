// Runs before the first paint, so that a dark reader never sees a white flash.
;(() => {
  const choice = localStorage.getItem('huisheng.theme')
  const dark = choice ? choice === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
})()
