/** What every page may need; the other areas come with the pages that speak of them. */
import accounts from './accounts.json'
import comments from './comments.json'
import problems from './problems.json'
import ratings from './ratings.json'
import recommendations from './recommendations.json'
import search from './search.json'
import shell from './shell.json'
import songs from './songs.json'
import ui from './ui.json'

export default {
  accounts,
  comments,
  problems,
  ratings,
  recommendations,
  search,
  shell,
  songs,
  ui,
}
