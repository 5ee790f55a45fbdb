"""`huisheng …`: parse, call a service or a job, show progress, print."""

import os
import sys
from importlib.metadata import entry_points
from pathlib import Path

import click
from alembic.util import CommandError
from sqlalchemy.exc import SQLAlchemyError

from backend import supervisor
from backend.ablation_commands import ablation  # noqa: F401  # hangs under evaluate
from backend.accounts import service as accounts
from backend.audio_commands import audio
from backend.chart_commands import charts, report
from backend.database import engine_of, ready_engine
from backend.db import schema
from backend.db.session import unit_of_work
from backend.errors import HuishengError
from backend.feature_commands import features
from backend.jobs.errors import JobCancelled
from backend.library_commands import demo, import_
from backend.model_commands import evaluate, train
from backend.mood_commands import evaluate_crisis  # noqa: F401  # hangs under evaluate
from backend.place_commands import evaluate_mood  # noqa: F401  # hangs under evaluate
from backend.search_commands import search
from backend.sentiment_commands import export_corrections, score, score_comments
from backend.settings import Settings, web_environment
from backend.terminal import fail, say
from models.artifacts import ArtifactError
from models.recommender.interactions import InteractionsError

GROUP = "huisheng.commands"


class Commands(click.Group):
    """Turns what a person can act on into one red line and exit code 1.

    Commands of packages that stand on this one are entry points of the group `huisheng.commands`.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *entry_points(group=GROUP).names])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = super().get_command(ctx, cmd_name)
        if found is None:
            for point in entry_points(group=GROUP, name=cmd_name):
                found = point.load()
        return found

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (
            HuishengError, JobCancelled, ArtifactError, InteractionsError, CommandError,
        ) as error:  # fmt: skip
            fail(str(error))
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error)
            fail(f"The database refused: {reason}")
            if "full" in reason:
                fail("Free disk space, or set another HUISHENG_DATA_DIR.")
        except OSError as error:
            fail(f"{error.filename or 'The system'}: {error.strerror or error}")
        ctx.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def cli(ctx: click.Context) -> None:
    """回声 Huisheng: a music site that knows its listener.

    Settings come from the environment, HUISHENG_*; .env.example lists them.
    """
    ctx.obj = Settings.from_environment()


@cli.command()
@click.option("--worker/--no-worker", default=True, help="Whether jobs run beside the site.")
@click.pass_obj
def run(settings: Settings, worker: bool) -> None:
    """Prepare whatever is missing, then serve (what `make run` does)."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    sys.exit(supervisor.run(settings, worker=worker))


@cli.command()
@click.pass_obj
def worker(settings: Settings) -> None:
    """Run what waits behind the pages: crawls, imports, trainings; begin what is due."""
    from backend.worker import work

    work(settings)


@cli.command()
@click.option("--reload", is_flag=True, help="Restart when the code changes.")
@click.pass_obj
def serve(settings: Settings, reload: bool) -> None:
    """Serve the site; nothing is prepared but an SQLite schema."""
    supervisor.check(settings)
    ready_engine(settings).dispose()
    command = supervisor.serve_command(reload=reload)
    # The server takes this process's place, so that signals reach it.
    os.execve(command[0], command, web_environment())  # noqa: S606


@cli.group()
def db() -> None:
    """The database's schema."""


@db.command()
@click.argument("revision", default="head")
@click.pass_obj
def upgrade(settings: Settings, revision: str) -> None:
    """Bring the schema up to REVISION (default: the newest)."""
    engine = engine_of(settings)
    schema.upgrade(engine, revision)
    say(f"The database is at {schema.current(engine)}.")


@db.command()
@click.argument("revision")
@click.confirmation_option(prompt="What only the newer schema holds is lost. Go on?")
@click.pass_obj
def downgrade(settings: Settings, revision: str) -> None:
    """Take the schema down to REVISION (`base`: empty)."""
    engine = engine_of(settings)
    schema.downgrade(engine, revision)
    say(f"The database is at {schema.current(engine)}.")


@db.command()
@click.argument("message")
@click.option("--number", required=True, help="Revision number, e.g. 0002.")
@click.pass_obj
def revision(settings: Settings, message: str, number: str) -> None:
    """Write a migration from the difference between tables and database (for developers)."""
    schema.write_revision(engine_of(settings), message, number=number)


@cli.group()
def user() -> None:
    """People who can log in."""


_PASSWORD = click.password_option(
    help="Asked for when left out, so that it stays out of the shell's history."
)


@user.command()
@click.argument("name")
@click.option("--role", type=click.Choice(accounts.ROLES), default="listener", show_default=True)
@_PASSWORD
@click.pass_obj
def create(settings: Settings, name: str, role: str, password: str) -> None:
    """Create the user NAME."""
    with unit_of_work(ready_engine(settings)) as session:
        accounts.create_user(session, username=name, password=password, role=role)
    say(f"{name} can log in as {role}.")


@user.command()
@click.argument("name")
@_PASSWORD
@click.pass_obj
def password(settings: Settings, name: str, password: str) -> None:
    """Give NAME a new password and end all of NAME's sessions."""
    with unit_of_work(ready_engine(settings)) as session:
        accounts.set_password(session, username=name, password=password)
    say(f"{name} has a new password; every session of theirs has ended.")


@cli.command()
@click.pass_obj
def openapi(settings: Settings) -> None:
    """Write the API contract to backend/openapi.json."""
    from backend import contract
    from backend.app import create_app

    say(f"Wrote {contract.write(create_app(settings)).relative_to(Path.cwd())}.")


for command in (
    import_,
    audio,
    demo,
    train,
    evaluate,
    features,
    score,
    score_comments,
    export_corrections,
    charts,
    report,
    search,
):
    cli.add_command(command)


def main() -> None:
    """Run the command line."""
    cli()


if __name__ == "__main__":
    main()
