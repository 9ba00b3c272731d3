import { createResource, For, Match, Show, Switch } from "solid-js";
import { errorText } from "../session/errors.ts";
import { useSession } from "../session/session.ts";
import { ErrorNotice } from "../ui/ErrorNotice.tsx";
import { bytes, count, counted } from "../ui/format.ts";

const FIRST_ROWS = 50;

/** Schema, row groups and first rows of one file. */
export function Preview(props: { path: string }) {
  const { data } = useSession();
  const [preview] = createResource(
    () => props.path,
    (path) => {
      const state = data.state();
      return state.kind === "open" ? state.catalogue.preview(path, FIRST_ROWS) : Promise.reject(new Error("No data is open."));
    },
  );
  return (
    <article class="preview" aria-label="Preview" aria-busy={preview.loading}>
      <h3 class="mono">{props.path}</h3>
      <Switch>
        <Match when={preview.error as unknown}>
          {(error) => <ErrorNotice title="The file cannot be shown">{errorText(error())}</ErrorNotice>}
        </Match>
        <Match when={preview.loading}>
          <p class="muted">Reading…</p>
        </Match>
        <Match when={preview()}>
          {(found) => (
            <>
              <p>
                {counted(found().rows, "row")} in {counted(found().rowGroups.length, "row group")}, {counted(found().columns.length, "column")}
              </p>
              <div class="scroll-x" tabindex="0" role="group" aria-label="First rows, scrollable">
                <table aria-label="First rows">
                  <thead>
                    <tr>
                      <For each={found().columns}>
                        {(column) => (
                          <th scope="col" title={column.type}>
                            {column.name}
                          </th>
                        )}
                      </For>
                    </tr>
                    <tr>
                      <For each={found().columns}>{(column) => <th scope="col">{column.type}</th>}</For>
                    </tr>
                  </thead>
                  <tbody>
                    <For each={found().firstRows} fallback={<tr><td colspan={found().columns.length}>The file has no rows.</td></tr>}>
                      {(row) => (
                        <tr>
                          <For each={row}>{(cell) => <td classList={{ muted: cell === null }}>{cell ?? "null"}</td>}</For>
                        </tr>
                      )}
                    </For>
                  </tbody>
                </table>
              </div>
              <Show when={found().rowGroups.length > 0}>
                <div class="scroll-x" tabindex="0" role="group" aria-label="Row groups, scrollable">
                  <table class="plain" aria-label="Row groups">
                    <thead>
                      <tr>
                        <th scope="col" class="end">Row group</th>
                        <th scope="col" class="end">Rows</th>
                        <th scope="col" class="end">Size</th>
                      </tr>
                    </thead>
                    <tbody>
                      <For each={found().rowGroups}>
                        {(group, i) => (
                          <tr>
                            <td class="end">{i()}</td>
                            <td class="end">{count(group.rows)}</td>
                            <td class="end">{bytes(group.bytes)}</td>
                          </tr>
                        )}
                      </For>
                    </tbody>
                  </table>
                </div>
              </Show>
            </>
          )}
        </Match>
      </Switch>
    </article>
  );
}
