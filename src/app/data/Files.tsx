import { createEffect, createMemo, createSignal, on, onCleanup, Show } from "solid-js";
import { isoDate } from "../../core/time.ts";
import type { CatalogueFile } from "../../data/catalogue/types.ts";
import { errorText } from "../session/errors.ts";
import { useSession } from "../session/session.ts";
import { ErrorNotice } from "../ui/ErrorNotice.tsx";
import { count } from "../ui/format.ts";
import { VirtualTable, type TableColumn } from "../ui/VirtualTable.tsx";
import { Preview } from "./Preview.tsx";

const PAGE = 200;
const SETTLE = 150;

/** Every catalogued file; pages of the list come from the worker as they are scrolled to. */
export function Files() {
  const { data } = useSession();
  const [filter, setFilter] = createSignal("");
  const [total, setTotal] = createSignal(0);
  const [pages, setPages] = createSignal<ReadonlyMap<number, readonly CatalogueFile[]>>(new Map());
  const [failure, setFailure] = createSignal<string>();
  /** Where the keyboard is; the file that was chosen stays so when the list becomes another. */
  const [row, setRow] = createSignal<number>();
  const [chosen, setChosen] = createSignal<string>();
  let asked = new Set<number>();
  /** Grows with every change of the list: late answers to an older question are dropped. */
  let question = 0;

  async function ask(page: number): Promise<void> {
    const state = data.state();
    if (state.kind !== "open" || asked.has(page)) return;
    asked.add(page);
    const mine = question;
    try {
      const answer = await state.catalogue.files({ ...(filter().trim() === "" ? {} : { text: filter().trim() }), offset: page * PAGE, limit: PAGE });
      if (mine !== question) return;
      setTotal(answer.total);
      setPages((known) => new Map(known).set(page, answer.files));
    } catch (error) {
      if (mine === question) setFailure(errorText(error));
    }
  }

  createEffect(
    on([filter, data.version], () => {
      const timer = setTimeout(() => {
        question++;
        asked = new Set();
        setPages(new Map());
        setRow(undefined);
        setFailure(undefined);
        void ask(0);
      }, SETTLE);
      onCleanup(() => clearTimeout(timer));
    }),
  );

  const file = (row: number): CatalogueFile | undefined => {
    const page = Math.floor(row / PAGE);
    const known = pages().get(page);
    if (!known) void ask(page);
    return known?.[row % PAGE];
  };
  const column = (header: string, width: number, of: (file: CatalogueFile) => string | undefined, end = false): TableColumn => ({
    header,
    width,
    end,
    text: (row) => {
      const found = file(row);
      return found ? (of(found) ?? "") : "…";
    },
  });
  const day = (date: number | undefined) => (date === undefined ? undefined : isoDate(date));
  const columns: readonly TableColumn[] = [
    { ...column("File", 320, (f) => f.path), title: (row) => file(row)?.path },
    column("Kind", 64, (f) => f.kind),
    column("Symbol", 100, (f) => f.symbol),
    column("Expiry", 92, (f) => day(f.expiry)),
    column("Strike", 72, (f) => f.strike?.toString(), true),
    column("Type", 52, (f) => f.cp),
    column("Date", 92, (f) => day(f.date)),
    column("Layout", 76, (f) => f.layout),
  ];
  createEffect(() => {
    const at = row();
    const found = at === undefined ? undefined : file(at);
    if (found) setChosen(found.path);
  });
  const current = createMemo(() => {
    if (row() !== undefined) return row();
    for (const [page, files] of pages()) {
      const place = files.findIndex(({ path }) => path === chosen());
      if (place >= 0) return page * PAGE + place;
    }
    return undefined;
  });

  return (
    <section>
      <div class="section-head">
        <h2>Files</h2>
        <span class="muted">{count(total())}; choose one to see its schema, row groups and first rows</span>
        <input type="search" aria-label="Filter files" placeholder="Filter by path" value={filter()} onInput={(event) => setFilter(event.currentTarget.value)} />
      </div>
      <Show when={failure()}>
        {(message) => <ErrorNotice title="The list of files could not be read">{message()}</ErrorNotice>}
      </Show>
      <VirtualTable label="Files" rows={total()} columns={columns} visibleRows={10} current={current()} onChoose={setRow} empty="No file matches the filter." />
      <Show when={chosen()} keyed>
        {(path) => <Preview path={path} />}
      </Show>
    </section>
  );
}
