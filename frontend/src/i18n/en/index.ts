import accounts from './accounts.json'
import admin from './admin.json'
import how from './how.json'
import problems from './problems.json'
import ratings from './ratings.json'
import recommendations from './recommendations.json'
import shell from './shell.json'
import songs from './songs.json'
import ui from './ui.json'

export default { accounts, admin, how, problems, ratings, recommendations, shell, songs, ui }
