"""The plots of the chapter on evidence, drawn from its table.

Every mark is drawn in the colour of the text around it, so that a plot reads in light, in dark and
in print; series differ by shape and label. Each plot carries its own words and its data.
"""

from __future__ import annotations

import io
import math
import re
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import blended_transform_factory

INK = "#010203"
"""Stands for the colour of the text; replaced when the drawing is written."""

WIDTH = 7.2
NORMAL = 1.959964
"""Quantile of the normal distribution for intervals of 95 %."""

STYLE = {
    "svg.fonttype": "none",
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.titlesize": 9,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "lines.linewidth": 1.3,
    "lines.markersize": 5,
    **dict.fromkeys(
        ["text.color", "axes.edgecolor", "axes.labelcolor", "axes.titlecolor", "xtick.color", "ytick.color"], INK
    ),
}


def read() -> pd.DataFrame:
    """Return the table of evidence."""
    return pd.read_csv(str(files("casebook") / "knowledge" / "evidence.csv"), dtype={"p": str, "spread": str})


def wilson(share: float, n: float) -> tuple[float, float]:
    """Return the Wilson interval of 95 % of a share (0 to 1) among `n`."""
    square = NORMAL**2
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = NORMAL / (1 + square / n) * math.sqrt(share * (1 - share) / n + square / (4 * n**2))
    return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True)
class Plot:
    """A drawing, what it shows in words, and the rows it was made from."""

    name: str
    svg: str
    words: str
    data: pd.DataFrame

    def __repr__(self) -> str:
        return f"Plot({self.name!r}, {len(self.data)} rows)\n{self.words}"

    def _repr_html_(self) -> str:
        table = self.data.to_html(index=False, border=0, na_rep="–", classes="dataframe casebook-table")
        svg = self.svg.replace("<svg ", f'<svg role="img" aria-label="{escape(self.words)}" ', 1)
        return (
            f'<figure class="casebook-plot" tabindex="0">{svg}</figure>'
            f"<details><summary>In words</summary><p>{escape(self.words)}</p></details>"
            f"<details><summary>Data of this plot</summary>{table}</details>"
        )


def pain(table: pd.DataFrame) -> Plot:
    """Draw the pain score before and after, one small plot for each series of patients with cancer."""
    chosen = table[table.measure.isin(["pain score", "worst pain score"]) & table.value.notna()]
    chosen = chosen[chosen.site != "sacrum, insufficiency fracture"]
    series = list(chosen.groupby(["study", "treatment", "site"], sort=False))
    words = []
    with mpl.rc_context(STYLE | {"svg.hashsalt": "pain"}):
        columns, rows = 2, math.ceil(len(series) / 2)
        figure = Figure(figsize=(WIDTH, 1.75 * rows + 0.3), layout="constrained")
        grid = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
        for place, (axes, ((study, treatment, site), part)) in enumerate(zip(grid.flat, series, strict=False)):
            _pain_of_series(axes, part)
            axes.set_title(f"{study} ({_size(part.iloc[0])})\n{treatment}, {site}", fontsize=7)
            if place % columns == 0:
                axes.set_ylabel("pain, 0 to 10")
            if place >= len(series) - columns:
                axes.set_xlabel("months; right of the line: time not recorded")
                axes.tick_params(labelbottom=True)
            values = ", ".join(f"{row.value:g} {_when(row)}" for row in part.itertuples())
            words.append(f"{study}, {treatment}, {site}: {values}.")
        for axes in grid.flat[len(series) :]:
            axes.set_visible(False)
        svg = _svg(figure)
    return Plot("pain", svg, "Pain score from 0 to 10, before and after. " + " ".join(words), _columns(chosen))


def _pain_of_series(axes: Axes, part: pd.DataFrame) -> None:
    known, open_ = part[part.time_months.notna()], part[part.time_months.isna()]
    spread = known.spread.str.extract(r"SD ([\d.]+)")[0].astype(float)
    axes.errorbar(
        known.time_months,
        known.value,
        yerr=spread if spread.notna().any() else None,
        color=INK,
        marker="o",
        elinewidth=0.8,
    )
    for value in open_.value:
        axes.plot([known.time_months.iloc[-1], 14], [known.value.iloc[-1], value], color=INK, linestyle=":")
        axes.plot([14], [value], color=INK, marker="o", markerfacecolor="none")
    axes.axvline(13, color=INK, linewidth=0.4)
    axes.set(xlim=(-0.5, 14.7), ylim=(0, 10.4), xticks=[0, 3, 6, 9, 12], yticks=[0, 5, 10])


def local_control(table: pd.DataFrame) -> Plot:
    """Draw local control by site and time; a published share of local failure is taken from 100."""
    chosen = table[table.measure.isin(["local control", "local failure"]) & table.value.notna()].copy()
    failure = chosen.measure == "local failure"
    chosen["control"] = chosen.value.where(~failure, 100 - chosen.value).round(1)
    # The interval of a failure turns round with it: its upper limit is the lower one of control.
    chosen["low"], chosen["high"] = (
        chosen.low.where(~failure, 100 - chosen.high).round(1),
        chosen.high.where(~failure, 100 - chosen.low).round(1),
    )
    drawn = chosen[chosen.time_months.notna()]
    words = []
    with mpl.rc_context(STYLE | {"svg.hashsalt": "local control"}):
        figure = Figure(figsize=(WIDTH, 4), layout="constrained")
        axes = figure.subplots()
        ends = []
        for (study, treatment, site), part in drawn.groupby(["study", "treatment", "site"], sort=False):
            shape, certain = SHAPES.get(site, "^"), (part.mark != "unverified").all()
            axes.plot(
                part.time_months, part.control, color=INK, marker=shape, markerfacecolor=INK if certain else "none"
            )
            for row in part[part.low.notna()].itertuples():
                axes.plot([row.time_months] * 2, [row.low, row.high], color=INK, linewidth=0.8)
            last = part.iloc[-1]
            ends.append((last.control, last.time_months, f"{site}: {_short(study)}, {treatment}"))
            doubt = "" if certain else " (not verified)"
            values = ", ".join(
                f"{row.control:g} % at {row.time_months:g} months{_range(row)}" for row in part.itertuples()
            )
            words.append(f"{site}, {study}, {treatment}{doubt}: {values}.")
        _label(axes, ends, gap=3.2)
        axes.set(xlim=(4, 62), ylim=(60, 101), xticks=[6, 12, 18, 24], xlabel="months", ylabel="local control, %")
        axes.spines["bottom"].set_bounds(4, 26)
        axes.xaxis.set_label_coords(0.2, -0.09)
        svg = _svg(figure)
    for row in chosen[chosen.time_months.isna()].itertuples():
        words.append(f"Not drawn, time not recorded: {row.study}, {row.site}, {row.control:g} %.")
    text = "Local control in per cent by site and time. " + " ".join(words)
    return Plot("local control", svg, text, _columns(chosen, "control"))


def survival(table: pd.DataFrame) -> Plot:
    """Draw median survival, and the share alive at stated times, with intervals for small groups."""
    medians = table[table.measure.eq("overall survival, median") & (table.value.notna() | table.low.notna())]
    alive = table[table.measure.eq("overall survival") & table.value.notna()].assign(alive=lambda rows: rows.value)
    deaths = table[table.measure.eq("deaths") & table.n.notna()].assign(
        alive=lambda rows: (100 * (1 - rows.value / rows.n)).round(1)
    )
    words = []
    with mpl.rc_context(STYLE | {"svg.hashsalt": "survival"}):
        figure = Figure(figsize=(WIDTH, 6))
        upper = figure.add_axes((0.46, 0.6, 0.52, 0.38))
        lower = figure.add_axes((0.08, 0.09, 0.9, 0.38))
        names = []
        for place, row in enumerate(medians.itertuples()):
            names.append(f"{row.site}: {_short(row.study)}\n{row.treatment}, {_size(row)}")
            if not math.isnan(row.low):
                upper.plot([row.low, row.high], [place, place], color=INK, linewidth=0.8)
            if not math.isnan(row.value):
                upper.plot([row.value], [place], color=INK, marker=SHAPES.get(row.site, "^"))
            value = f"{row.value:g} months" if not math.isnan(row.value) else "no single figure"
            words.append(f"{row.study}, {row.treatment}, {row.site}: {value}{_range(row)}.")
        _name_rows(upper, names)
        upper.set(xlim=(0, 72), xlabel="median survival, months")
        words.append("Alive:")
        ends = []
        for place, ((study, treatment), part) in enumerate(
            pd.concat([alive, deaths]).groupby(["study", "treatment"], sort=False)
        ):
            aside = 0.35 * place  # so that intervals at the same time do not cover each other
            lower.plot(part.time_months + aside, part.alive, color=INK, marker="os^D"[place])
            for row in part.itertuples():
                low, high = (100 * each for each in wilson(row.alive / 100, row.n))
                lower.plot([row.time_months + aside] * 2, [low, high], color=INK, linewidth=0.8)
                words.append(
                    f"{study}, {treatment}, {row.alive:g} % at {row.time_months:g} months "
                    f"({_size(row)}, interval {low:.0f} to {high:.0f} %)."
                )
            last = part.iloc[-1]
            ends.append((last.alive, last.time_months + aside, f"{_short(study)}, {treatment}, {_size(last)}"))
        _label(lower, ends, gap=6)
        lower.set(xlim=(0, 60), ylim=(0, 101), xticks=[0, 6, 12, 18, 24], xlabel="months", ylabel="alive, %")
        lower.spines["bottom"].set_bounds(0, 25)
        lower.xaxis.set_label_coords(0.21, -0.12)
        svg = _svg(figure)
    return Plot(
        "survival", svg, "Median survival. " + " ".join(words), _columns(pd.concat([medians, alive, deaths]), "alive")
    )


def complications(table: pd.DataFrame) -> Plot:
    """Draw the share of patients, segments or procedures with a complication, with Wilson intervals."""
    chosen = table[table.measure.str.match("complication(s$|:)") & table.value.notna()].copy()
    chosen = chosen[(chosen.unit == "%") | chosen.n.notna()]
    chosen["share"] = chosen.value.where(chosen.unit == "%", 100 * chosen.value / chosen.n).round(1)
    limits = [wilson(row.share / 100, row.n) if row.n > 0 else (math.nan, math.nan) for row in chosen.itertuples()]
    chosen["from"], chosen["to"] = ([round(100 * limit[end], 1) for limit in limits] for end in (0, 1))
    chosen = chosen.sort_values(["treatment", "measure"], kind="stable")
    words = []
    with mpl.rc_context(STYLE | {"svg.hashsalt": "complications"}):
        height = 0.36 * len(chosen) + 0.6
        figure = Figure(figsize=(WIDTH, height))
        axes = figure.add_axes((0.6, 0.5 / height, 0.38, 1 - 0.6 / height))
        names = []
        for place, row in enumerate(chosen.to_dict("records")):
            what = row["measure"].removeprefix("complication: ").replace("complications", "any complication")
            when = f", {row['time']}" if isinstance(row["time"], str) else ""
            size = _size(row)
            names.append(f"{what}{when}: {_short(row['study'])}\n{row['treatment']}, {row['site']}, {size}")
            certain = row["mark"] != "unverified"
            axes.plot([row["share"]], [place], color=INK, marker="o", markerfacecolor=INK if certain else "none")
            axes.plot([row["from"], row["to"]], [place, place], color=INK, linewidth=0.8)
            interval = f", interval {row['from']:.0f} to {row['to']:.0f} %" if row["n"] > 0 else ""
            doubt = "" if certain else ", not verified"
            words.append(
                f"{what}{when}, {row['treatment']}, {row['site']}, {row['study']}: "
                f"{row['share']:g} % ({size}{interval}{doubt})."
            )
        _name_rows(axes, names)
        axes.set(xlim=(-1.5, 70), xlabel="per cent")
        axes.grid(axis="x", color=INK, alpha=0.15, linewidth=0.6)
        svg = _svg(figure)
    return Plot(
        "complications", svg, "Share with a complication. " + " ".join(words), _columns(chosen, "share", "from", "to")
    )


SHAPES = {"sacrum": "o", "cervical spine": "s"}
"""Marker of a site; any other site is a triangle."""


def _label(axes: Axes, ends: list[tuple[float, float, str]], gap: float) -> None:
    """Name each series at its last point, moving labels apart that would touch."""
    before = math.inf
    right = max(time for _, time, _ in ends) + 2
    for value, time, name in sorted(ends, reverse=True):
        height = min(value, before - gap)
        axes.annotate(
            name,
            (time, value),
            (right, height),
            va="center",
            fontsize=8,
            arrowprops={
                "arrowstyle": "-",
                "color": INK,
                "linewidth": 0.4,
                "shrinkA": 0,
                "shrinkB": 4,
                "relpos": (0, 0.5),
            },
        )
        before = height


def _name_rows(axes: Axes, names: list[str]) -> None:
    """Write names at the left edge of the drawing, one for each row; the first row is on top."""
    edge = blended_transform_factory(axes.get_figure().transFigure, axes.transData)
    for place, name in enumerate(names):
        axes.text(0.005, place, name, transform=edge, va="center", fontsize=8)
    axes.set_yticks(range(len(names)), [""] * len(names))
    axes.set_ylim(len(names) - 0.5, -0.5)


def _size(row: Any) -> str:
    n, unit = (row["n"], row["n_unit"]) if isinstance(row, dict) else (row.n, row.n_unit)
    return f"{n:.0f} {unit}" if n > 0 else "size not known"


def _when(row: Any) -> str:
    if row.time == "before":
        return "before"
    return "after, time not recorded" if math.isnan(row.time_months) else f"at {row.time}"


def _range(row: Any) -> str:
    return "" if math.isnan(row.low) else f", {row.low:g} to {row.high:g}"


def _short(study: str) -> str:
    return study.replace(" et al.", "").split(" (")[0].split(", ")[0]


def _columns(rows: pd.DataFrame, *derived: str) -> pd.DataFrame:
    """Return the columns that a plot shows, and those worked out for it."""
    shown = [
        "id",
        "study",
        "treatment",
        "site",
        "n",
        "n_unit",
        "measure",
        "time",
        "value",
        "unit",
        "spread",
        *derived,
        "mark",
    ]
    data = rows[shown].copy()
    data["n"] = data["n"].astype("Int64")
    return data.dropna(axis="columns", how="all").astype(object).where(lambda cells: cells.notna(), "–")


def _svg(figure: Figure) -> str:
    """Return the drawing to stand inside a page: no date, no address of another host, no id twice."""
    text = io.StringIO()
    figure.savefig(text, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    svg = text.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    # A style element would hold for the whole page.
    svg = re.sub(r"<style.*?</style>", "", svg, flags=re.DOTALL).replace("<svg ", '<svg stroke-linejoin="round" ', 1)
    svg = re.sub(r'<g id="[^"]*"', "<g", svg)
    svg = re.sub(r'\bxmlns(:xlink)?="[^"]*"|\bversion="[^"]*"', "", svg).replace("xlink:href", "href")
    svg = re.sub(r'(<svg[^>]*?) width="[^"]*"', r'\1 style="width: 100%; height: auto"', svg, count=1)
    svg = re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", svg, count=1)
    svg = re.sub(r"'DejaVu Sans'[^;\"]*", "sans-serif", svg).replace(INK, "currentColor")
    return re.sub(r"\n\s*", "\n", svg).strip()
