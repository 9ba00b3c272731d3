import { lazy, Match, Show, Switch } from "solid-js";
import { StrategyPicker } from "../queue/StrategyPicker.tsx";
import { useSession } from "../session/session.ts";
import { IncomingDialog } from "../share/IncomingDialog.tsx";
import { Library } from "../share/Library.tsx";
import { ShareDialog } from "../share/ShareDialog.tsx";
import { KeyList } from "./KeyList.tsx";
import { Palette } from "./Palette.tsx";

const VerifyDialog = lazy(() => import("../verify/VerifyDialog.tsx").then(({ VerifyDialog }) => ({ default: VerifyDialog })));

/** The dialog that is open, if any. */
export function Dialogs() {
  const session = useSession();
  const close = () => session.setDialog(undefined);
  return (
    <>
      <Switch>
        <Match when={session.dialog() === "keys"}>
          <KeyList onClose={close} />
        </Match>
        <Match when={session.dialog() === "share"}>
          <ShareDialog onClose={close} />
        </Match>
        <Match when={session.dialog() === "palette"}>
          <Palette onClose={close} />
        </Match>
        <Match when={session.dialog() === "library"}>
          <Library onClose={close} />
        </Match>
        <Match when={session.dialog() === "strategies"}>
          <StrategyPicker onClose={close} />
        </Match>
      </Switch>
      <Show when={session.verify.target()}>
        <VerifyDialog />
      </Show>
      <Show when={session.share.incoming()}>
        <IncomingDialog />
      </Show>
    </>
  );
}
