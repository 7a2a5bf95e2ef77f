"""Pages that need a kernel: a participant's module, the trainer's control and screen.

Each is a notebook that Voilà renders. Who it is for is decided here, before a kernel
is started, and reaches the kernel manager through the context of the request.
"""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
from jupyter_server.auth.decorator import allow_unauthenticated
from markupsafe import Markup
from nbformat import NotebookNode
from tornado.web import HTTPError
from voila.tornado.handler import TornadoVoilaHandler

from ..content import Language, words
from . import cookies
from .assets import EXERCISES, MODULE, asset_url, imports
from .desk import Desk, DeskError
from .forks import Forks, NoFork
from .identity import TRAINER, owner_name
from .kernels import Guest, current_guest
from .lines import ParticipantRole
from .markup import draw, header, module_links
from .page_steps import asked, divide
from .prepared_html import Outputs, PreparedHtml, new_marks, render
from .press import press_of
from .quiet import Quiet
from .trainer import TrainerRole
from .waiting import place
from .waiting_line import TooManyKernels

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
VISIT = ("header", "who")  # of all that surrounds a module, what differs per visit
BROKEN = (
    '<p class="wb-broken" role="alert">{[broken]}</p>'
    "<script>setTimeout(() => location.reload(), 3000)</script>"
)
PREFETCH = ("Sec-Purpose", "Purpose", "X-Moz")


def introduce(handler: Any, notebook: NotebookNode, cwd: str) -> NotebookNode:
    """Give the template what surrounds the notebook (Voilà's prelaunch hook)."""
    return _introduced(notebook, handler.surroundings, handler)


def _introduced(
    notebook: NotebookNode, surroundings: dict[str, Any], handler: Any
) -> NotebookNode:
    base, language = handler.base_url, handler.language
    notebook.metadata["workbook"] = surroundings | {
        "sheet": asset_url(base, MODULE),
        "script": asset_url(base, "page.js"),
        "parts": [f"{base}static/{name}" for name in imports("page.js")],
        "exercises": asset_url(base, EXERCISES),
        "steps_script": asset_url(base, "steps.js"),
        "words": words(language)["page"],
    }
    exercises = handler.desk.workbook.exercises
    for cell in notebook.cells:
        exercise = asked(cell, exercises)
        if exercise:
            cell.metadata["preview"] = {
                "title": exercise.title.in_(language),
                "prompt": exercise.prompt.in_(language),
            }
    notebook.metadata["workbook"]["steps"] = divide(notebook, exercises, language)
    return notebook


async def prepared(handler: Any, page: str) -> PreparedHtml | None:
    """Return a page with marks for what differs per visit, made once; None without."""
    forks: Forks = handler.kernel_manager.forks
    forks.look()
    await forks.back()
    if page not in forks.pages:
        return None
    made: dict[tuple[int, str], asyncio.Future[PreparedHtml]]
    made = handler.settings.setdefault("pages", {})
    key = (forks.generation, page)
    if key not in made:  # whoever comes meanwhile waits for the same drawing
        made[key] = asyncio.ensure_future(_draw(handler, page, forks.pages[page]))
    try:
        return await asyncio.shield(made[key])
    except Exception:
        made.pop(key, None)
        raise


async def _draw(handler: Any, page: str, outputs: Outputs) -> PreparedHtml:
    marks = new_marks("kernel", *VISIT)
    notebook = nbformat.read(NOTEBOOKS / f"{page}.ipynb", as_version=4)
    surroundings = handler.surroundings | {name: marks[name] for name in VISIT}
    return await render(
        _introduced(notebook, surroundings, handler),
        outputs,
        marks,
        config=handler.traitlet_config,
        template_paths=handler.template_paths,
        base_url=handler.base_url,
        contents=handler.contents_manager,
    )


async def draw_all(settings: dict[str, Any], desk: Desk, **voila: Any) -> None:
    """Draw every page that can be forked, so that no visitor waits for it.

    Args:
        voila: `config` and `template_paths`, as the page handlers get them.
    """
    forks: Forks = settings["forks"]
    for page in list(forks.pages):
        folder, slug = page.split("/")
        language: Language = "en" if folder == "en" else "nl"
        base = settings["base_url"]
        nobody = SimpleNamespace(
            desk=desk,
            settings=settings,
            kernel_manager=settings["kernel_manager"],
            contents_manager=settings["contents_manager"],
            base_url=base,
            language=language,
            surroundings=_of_module(desk, slug, language, base),
            traitlet_config=voila["config"],
            template_paths=voila["template_paths"],
        )
        await prepared(nobody, page)
        await asyncio.sleep(0)  # visitors first


def _of_module(desk: Desk, slug: str, language: Language, base: str) -> dict[str, Any]:
    return {
        "language": language,
        "title": desk.workbook.modules[slug].title.in_(language),
        "links": module_links(desk.workbook, slug, language, base),
        "kind": "module",
    }


class NotebookPage(TornadoVoilaHandler):  # type: ignore[misc]
    """A page of Voilà for somebody whom we know."""

    language: Language = "nl"
    surroundings: dict[str, Any]
    log_exception = Quiet.log_exception

    @property
    def desk(self) -> Desk:
        """The desk that all pages ask."""
        found: Desk = self.settings["desk"]
        return found

    async def prepare(self) -> None:
        """Refuse prefetches: a kernel would be started for nobody."""
        if any("prefetch" in self.request.headers.get(name, "") for name in PREFETCH):
            raise HTTPError(503)
        await super().prepare(_redirect_to_login=False)

    def set_cookie(self, name: str, value: str | bytes, *rest: Any, **how: Any) -> None:
        """Send Jupyter's own cookie, the token of a good-bye, to our pages only."""
        how |= {"samesite": "Strict", "secure": cookies.is_secure(self)}
        super().set_cookie(name, value, *rest, **how)

    def go(self, path: str) -> None:
        """Send the visitor to a plain page."""
        self.redirect(self.base_url + path, status=303)

    async def render_notebook(self, notebook: str, guest: Guest) -> None:
        """Start a kernel for the guest and send the page as it becomes ready."""
        # Read once, so that the page's good-bye to its kernel is accepted.
        assert self.xsrf_token
        try:
            if not await self._send_prepared(notebook, guest):
                await self._send_rendered(notebook, guest)
        except TooManyKernels as error:
            self.set_status(503)
            self.set_header("Cache-Control", "no-store")
            self.finish_plain("waiting.html", place=place(self.language, error.ahead))

    async def _send_rendered(self, notebook: str, guest: Guest) -> None:
        current_guest.set(guest)
        async for html in self.get_generator(path=notebook):
            # Voilà would wait for ever for a kernel that died before it was ready.
            is_over = any(one not in self.kernel_manager for one in guest.kernels)
            self.write(BROKEN.format(words(self.language)["page"]) if is_over else html)
            await self.flush()
            if is_over:
                return

    async def _send_prepared(self, notebook: str, guest: Guest) -> bool:
        """Send a page that is ready with a forked kernel; False when there is none."""
        page = notebook.removesuffix(".ipynb")
        current_guest.set(replace(guest, page=page))
        for _ in range(2):  # when the fork server dies meanwhile, its copy goes on
            made = await prepared(self, page)
            if made is None:
                return False
            try:
                kernel = await self.kernel_manager.start_kernel(
                    cwd=NOTEBOOKS / Path(notebook).parent
                )
            except NoFork:
                continue
            self.set_header("Content-Type", "text/html; charset=utf-8")
            self.set_header("Cache-Control", "no-store")
            visit = {name: str(self.surroundings[name]) for name in VISIT}
            await self.finish(made.fill(kernel=kernel, **visit))
            return True
        return False

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Say kindly what went wrong."""
        said = words(self.language)["errors"]
        code = f"status_{status_code}"
        if f"{code}_title" not in said:
            code = "status_500" if status_code >= 500 else "status_400"
        self.finish_plain(
            "error.html",
            title=said[f"{code}_title"],
            text=said[f"{code}_text"],
            ask_code=False,
            back="",
        )

    def finish_plain(self, template: str, **values: Any) -> None:
        """Send a plain page where the notebook would stand."""
        if self.get_status() == 503:
            self.set_header("Retry-After", "5")
        top = header(self.language, None, self.request.path, self.base_url)
        self.finish(
            draw(
                template,
                self.language,
                self.base_url,
                header=Markup(top),
                visitor=None,
                **values,
            )
        )


class ModulePage(NotebookPage):
    """One module for one participant."""

    @allow_unauthenticated  # a stranger is sent to the first page, kindly
    async def get(self, language: Language, slug: str) -> None:
        """Serve the module to whoever is in; send everybody else to the first page."""
        self.language = language
        if slug not in self.desk.workbook.modules:
            raise HTTPError(404)
        secret = cookies.secret_of(self)
        visitor = await self.desk.visitor(secret) if secret else None
        if secret is None or visitor is None:
            self.go("")
            return
        tag = hashlib.sha256(visitor.participant_id.encode()).hexdigest()[:16]
        top = header(language, visitor, self.request.path, self.base_url)
        whole = _of_module(self.desk, slug, language, self.base_url)
        self.surroundings = whole | {"header": top, "who": tag}
        role = ParticipantRole(self.desk, visitor.capability, visitor.keys.seal)
        guest = Guest(owner_name(visitor.participant_id), role)
        await self.render_notebook(f"{language}/{slug}.ipynb", guest)


class TrainerPage(NotebookPage):
    """The trainer's control, or what the projector shows."""

    @allow_unauthenticated
    async def get(self, code: str, page: str) -> None:
        """Serve the page to a signed-in trainer."""
        if not cookies.is_trainer(self):
            self.go("trainer")
            return
        try:
            row = await self.desk.session(code)
        except DeskError as error:
            raise HTTPError(404) from error
        self.language = "en" if row.language == "en" else "nl"
        if page == "screen":
            press_of(self.settings).warm()
        self.surroundings = {
            "language": row.language,
            "title": f"{row.title} · {row.code}",
            "header": "",
            "links": "",
            "kind": page,
            "who": "trainer",
        }
        guest = Guest(TRAINER, TrainerRole(self.desk, row))
        await self.render_notebook(f"trainer/{page}.ipynb", guest)
