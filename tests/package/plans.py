"""Random plan packages for property tests: every field of every record, references that hold, hostile texts."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from samrit.engine.bands import CLASSES
from samrit.engine.choices import AllotmentSort, CarryOverKind
from samrit.engine.model import (
    Aggregation,
    Alignment,
    BudgetLine,
    Claim,
    Comparator,
    Consolidation,
    Direction,
    Entry,
    EntryBasis,
    Formula,
    Fund,
    Indicator,
    IndicatorCard,
    Kind,
    Level,
    LookSetting,
    ManpowerRow,
    Mark,
    MoneyMovement,
    MoneyState,
    Narrative,
    Override,
    Plan,
    PrintedCell,
    Programme,
    Project,
    ProjectStatus,
    Quantity,
    ReportText,
    Rhythm,
    Site,
    Source,
    Strategy,
    Tactic,
    Target,
    Unit,
)
from samrit.engine.ruleset import Band, Method, PointScale, RuleSet, SilentUnits, WithoutPlan
from samrit.engine.surroundings import Allotment
from samrit.package import Holiday, PlanPackage
from samrit.package.kinds import laid
from samrit.package.ordering import natural, sort_key

ALPHABET = "กขคงจำน้ำที่ฯๆ๐๙ aZ09\",;\t\n\r=+-@'|–“”\\ \u00a0\u200b\ufeff😀"

texts = st.one_of(st.just(""), st.text(alphabet=ALPHABET, max_size=12), st.text(max_size=6))
names = st.text(alphabet=ALPHABET, min_size=1, max_size=12)
ids = st.text(alphabet='กขS2-10. /"', min_size=1, max_size=5)
periods = st.integers(1, 12)
decimals = st.one_of(
    st.decimals(-(10**12), 10**12, allow_nan=False, allow_infinity=False, places=2),
    st.sampled_from([Decimal(0), Decimal("0.00"), Decimal("95.50"), Decimal("1E+3"), Decimal("-0"), Decimal("1E-7")]),
)
figures = st.one_of(st.sampled_from(list(Mark)), decimals)
maybe = lambda strategy: st.one_of(st.none(), strategy)  # noqa: E731
dates = st.dates(date(1900, 1, 1), date(2199, 12, 31))
sources = st.builds(Source, texts, maybe(st.integers(1, 999)), maybe(st.integers(1, 99999)), texts)
years = st.integers(2400, 2700)


def ordered(strategy, key, max_size=3, min_size=0):
    """Records with distinct keys in the order in which a package holds them."""
    return st.lists(strategy, min_size=min_size, max_size=max_size, unique_by=key).map(
        lambda items: tuple(sorted(items, key=lambda item: _sortable(key(item))))
    )


def _sortable(key):
    return [sort_key(part) for part in key]


def rows(strategy, max_size=3, *, min_size=0):
    return st.lists(strategy, min_size=min_size, max_size=max_size).map(tuple)


entries = periods.flatmap(
    lambda period: st.builds(
        Entry,
        period=st.just(period),
        unit=texts,
        planned=figures,
        actual=figures,
        numerator=figures,
        denominator=figures,
        planned_numerator=figures,
        planned_denominator=figures,
        span=st.integers(1, period),
        note=texts,
        source=sources,
        confidence=maybe(decimals),
        planned_upper=figures,
    )
)
quantities = maybe(st.sampled_from(Quantity))
targets = st.builds(
    Target, years, figures, st.sampled_from(Comparator), texts, texts, sources, maybe(decimals), quantities
)
steps = st.dictionaries(periods, decimals, max_size=2).map(lambda held: tuple(sorted(held.items())))
levels = st.builds(
    Level,
    st.integers(-2, 20),
    texts,
    maybe(periods),
    maybe(dates),
    maybe(periods),
    maybe(decimals),
    texts,
    sources,
    maybe(dates),
    thresholds=steps,
)
claims = st.builds(Claim, maybe(decimals), maybe(decimals), maybe(decimals), sources)
overrides = st.builds(Override, periods, names, maybe(decimals), texts, texts, maybe(dates), sources, maybe(decimals))


def categories(own):
    """The categories of a breakdown, with months of their own."""
    months = ordered(entries, lambda e: (e.unit, e.period, e.span))
    rows_ = st.lists(st.tuples(texts, texts, months), max_size=2)
    return rows_.map(
        lambda given: tuple(
            Indicator(f"{own}~{n}", n, name, part_of=own, dimension=dimension, entries=held)
            for n, (name, dimension, held) in enumerate(given, 1)
        )
    )


def indicators(own):
    return st.builds(
        Indicator,
        id=st.just(own),
        number=st.integers(-1, 50),
        name=texts,
        unit_of_measure=texts,
        weight=maybe(decimals),
        aggregation=st.sampled_from(Aggregation),
        consolidation=maybe(st.sampled_from(Consolidation)),
        entry_basis=st.sampled_from(EntryBasis),
        direction=st.sampled_from(Direction),
        formula=st.sampled_from(Formula),
        interpolated=st.booleans(),
        is_share=st.booleans(),
        baseline=maybe(decimals),
        baseline_year_be=maybe(years),
        scale=maybe(decimals.map(abs).filter(bool)),
        quantity=quantities,
        identity=texts,
        rhythm=maybe(st.sampled_from(Rhythm)),
        parts=categories(own),
        entries=ordered(entries, lambda e: (e.unit, e.period, e.span)),
        targets=ordered(targets, lambda t: (t.year_be,)),
        levels=ordered(levels, lambda level: (level.number,)),
        claim=maybe(claims),
        overrides=rows(overrides, 2),
        last_year=st.lists(figures, max_size=12).map(tuple),
        note=texts,
        source=sources,
    )


sites = st.builds(
    Site,
    id=ids,
    title=texts,
    unit=texts,
    budget=maybe(decimals),
    commitment_due_period=maybe(periods),
    committed_period=maybe(periods),
    instalments=maybe(st.integers(0, 30)),
    instalments_accepted=st.integers(0, 30),
    done_period=maybe(periods),
    outcome=texts,
    planned_texts=rows(texts, 4),
    actual_texts=rows(texts, 4),
    source=sources,
)
budget_lines = st.builds(BudgetLine, maybe(decimals), texts, texts, texts, sources)
movements = st.builds(MoneyMovement, periods, st.sampled_from(MoneyState), decimals, texts, texts, sources)
allotments = st.builds(
    Allotment,
    names.filter(str.strip),
    st.sampled_from(AllotmentSort),
    decimals,
    texts,
    maybe(dates),
    texts,
    st.just(""),
    texts,
    sources,
)
narratives = st.builds(Narrative, periods, texts, texts, texts, texts, texts, maybe(dates), sources)
links = st.builds(Alignment, names, names, st.booleans())


@st.composite
def projects(draw, own, indicator_ids, plan_parts):
    fund, strategy, tactic, programme = plan_parts
    return Project(
        id=own,
        number=draw(st.integers(-1, 999)),
        title=draw(texts),
        strategy=draw(st.sampled_from(strategy)),
        fund=draw(st.sampled_from(["", *fund])),
        tactic=draw(st.sampled_from(["", *tactic])),
        programme=draw(st.sampled_from(["", *programme])),
        kind=draw(maybe(st.sampled_from(Kind))),
        identity=draw(st.sampled_from(["", own])),
        goal=draw(texts),
        responsible_units=draw(rows(names)),
        responsible_text=draw(texts),
        first_period=draw(maybe(periods)),
        last_period=draw(maybe(periods)),
        period_text=draw(texts),
        status=draw(maybe(st.sampled_from(ProjectStatus))),
        budgets=draw(rows(budget_lines)),
        movements=draw(rows(movements)),
        indicators=tuple(draw(indicators(i)) for i in sorted(indicator_ids, key=natural)),
        sites=draw(ordered(sites, lambda s: (s.id,))),
        narratives=draw(rows(narratives, 2)),
        alignments=draw(rows(links)),
        steps=draw(rows(texts)),
        claim=draw(maybe(claims)),
        overrides=draw(rows(overrides, 2)),
        remark=draw(texts),
        note=draw(texts),
        source=draw(sources),
        confidence=draw(maybe(decimals)),
    )


bands = st.builds(Band, names, texts, texts, maybe(decimals), st.booleans(), texts, texts, texts, texts, texts)
scales = st.integers(0, 5).flatmap(
    lambda n: st.builds(
        PointScale,
        st.lists(decimals, min_size=n, max_size=n).map(tuple),
        st.lists(decimals, min_size=n, max_size=n).map(tuple),
        st.booleans(),
        decimals,
    )
)
rulesets = st.builds(
    RuleSet,
    id=ids,
    name=texts,
    name_en=texts,
    effective_from=dates,
    method=st.sampled_from(Method),
    bands=rows(bands, CLASSES, min_size=1),
    cap=maybe(decimals),
    second_cap=maybe(decimals),
    percent_places=st.integers(0, 9),
    share_places=st.integers(0, 9),
    score_places=st.integers(0, 9),
    scale=maybe(scales),
    explain_below=texts,
    target_review_above=decimals,
    site_contract_share=decimals,
    report_due_day=st.integers(1, 28),
    report_due_rolls=st.booleans(),
    lower_ceiling=decimals.map(abs),
    silent_units=st.sampled_from(SilentUnits),
    without_plan=st.sampled_from(WithoutPlan),
    lowest_for_best=maybe(decimals),
    carry_over_sort=maybe(st.sampled_from(CarryOverKind)),
    carry_over_months=maybe(st.integers(1, 60)),
    late_month=decimals.map(abs),
).filter(lambda ruleset: ruleset.method is not Method.TRANSPARENCY or len(ruleset.bands) == CLASSES)
cells = st.builds(PrintedCell, names, st.just(""), st.just(""), names, decimals, sources)
looks = st.builds(LookSetting, names, texts)
report_texts = st.builds(
    ReportText,
    names,
    texts,
    st.just(""),
    st.integers(-3, 9),
    st.integers(0, 5),
    maybe(periods),
    sources,
    text_en=texts,
)
manpower = st.builds(
    ManpowerRow, texts, st.lists(st.tuples(texts, st.integers(0, 9999)), min_size=1, max_size=3).map(tuple)
)
holidays = st.builds(Holiday, dates, texts, st.booleans())


places = maybe(st.integers(1, 9))


def placed(parts):
    """Return parts of a plan in the order that they say of themselves, those without one last."""
    return tuple(sorted(parts, key=lambda part: (part.order is None, part.order)))


def nested(draw, own: tuple[Tactic, ...]) -> tuple[Tactic, ...]:
    """Hang some tactics under ones that come before them, so that nothing runs in a circle."""
    above = [("", *(t.code for t in own[:at])) for at in range(len(own))]
    return tuple(replace(t, parent=draw(st.sampled_from(codes))) for t, codes in zip(own, above, strict=True))


@st.composite
def packages(draw):
    """A whole package whose references hold."""
    fund = draw(ordered(st.builds(Fund, ids, texts, texts, maybe(decimals), texts), lambda f: (f.code,)))
    strategy = placed(
        draw(ordered(st.builds(Strategy, ids, texts, texts, texts, places), lambda s: (s.code,), min_size=1))
    )
    strategy_codes = [s.code for s in strategy]
    tactics = st.builds(
        Tactic,
        ids,
        st.sampled_from(strategy_codes),
        texts,
        texts,
        places,
        level_name=texts,
        level_name_en=texts,
        number=texts,
    )
    tactic = placed(nested(draw, draw(ordered(tactics, lambda t: (t.code,)))))
    programme = draw(
        ordered(
            st.builds(
                Programme,
                ids,
                texts,
                st.sampled_from(["", *(t.code for t in tactic)]),
                st.sampled_from(["", *(f.code for f in fund)]),
                texts,
                places,
                texts,
            ),
            lambda p: (p.code,),
        )
    )
    programme = placed(programme)
    units = draw(
        ordered(
            st.builds(
                Unit, ids, texts, texts, st.just(""), texts, texts, rows(names), maybe(dates), maybe(dates), st.just("")
            ),
            lambda u: (u.code,),
        )
    )
    parts = ([f.code for f in fund], strategy_codes, [t.code for t in tactic], [p.code for p in programme])
    project_ids = sorted(draw(st.sets(ids, min_size=1, max_size=3)), key=natural)
    projects_ = tuple(
        draw(projects(own, [f"{own}.{n}" for n in range(1, draw(st.integers(0, 2)) + 1)], parts)) for own in project_ids
    )
    heads = st.sampled_from(["", *project_ids])
    projects_ = tuple(replace(project, shares_with=draw(heads)) for project in projects_)
    own_rulesets = draw(ordered(rulesets, lambda r: (r.id,), max_size=2))
    indicator_ids = [i.id for p in projects_ for i in p.indicators]
    cards = st.builds(
        IndicatorCard,
        st.sampled_from(indicator_ids or [""]),
        texts,
        texts,
        texts,
        texts,
        texts,
        texts,
        texts,
        texts,
        sources,
    )
    plan = Plan(
        id=draw(ids),
        title=draw(texts),
        year_be=draw(years),
        title_en=draw(texts),
        organisation=draw(texts),
        organisation_en=draw(texts),
        calendar=draw(st.sampled_from(["calendar", "fiscal"])),
        numbering=draw(texts),
        ruleset=draw(st.sampled_from(["", *(r.id for r in own_rulesets)])),
        vision=draw(texts),
        missions=draw(rows(texts)),
        funds=fund,
        allotments=draw(rows(allotments)),
        strategies=strategy,
        tactics=tactic,
        programmes=programme,
        units=units,
        projects=projects_,
        cards=draw(ordered(cards, lambda c: (c.indicator,))) if indicator_ids else (),
        manpower=draw(rows(manpower)),
        printed=draw(ordered(cells, lambda c: (c.table, c.fund, c.strategy, c.column))),
        texts=draw(rows(report_texts)),
        look=draw(ordered(looks, lambda each: (each.setting,))),
        parents=draw(rows(links)),
        source=draw(sources),
    )
    plan = replace(plan, projects=tuple(laid(project, plan) for project in plan.projects))
    return PlanPackage(plan, own_rulesets, draw(ordered(holidays, lambda h: (h.day.isoformat(),))))
