/** What every page may need; the other areas come with the pages that speak of them. */
import accounts from './accounts.json'
import problems from './problems.json'
import ratings from './ratings.json'
import recommendations from './recommendations.json'
import shell from './shell.json'
import songs from './songs.json'
import ui from './ui.json'

export default {
  accounts,
  problems,
  ratings,
  recommendations,
  shell,
  songs,
  ui,
}
