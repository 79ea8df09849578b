import type { ReactElement } from "react";
import type { Act } from "./acts.ts";
import { AppointDialog, EndHoldingDialog } from "./HoldingDialogs.tsx";
import { ClosePostDialog, PostDialog } from "./PostDialog.tsx";
import type { Chart } from "./tree.ts";
import { DissolveUnitDialog, UnitDialog } from "./UnitDialog.tsx";

/** What a dialog of the organisation knows of the page that opened it. */
export type ActProps<Kind extends Act["kind"] = Act["kind"]> = {
  readonly act: Extract<Act, { readonly kind: Kind }>;
  readonly chart: Chart;
  readonly onClose: () => void;
  /** Something new is in the chart: show it. */
  readonly onMade: (id: string) => void;
};

/** The dialog of an act. */
export const ActDialog = ({ act, ...page }: ActProps): ReactElement | null => {
  switch (act.kind) {
    case "newUnit":
    case "editUnit":
      return <UnitDialog act={act} {...page} />;
    case "dissolveUnit":
      return <DissolveUnitDialog act={act} {...page} />;
    case "newPost":
    case "editPost":
      return <PostDialog act={act} {...page} />;
    case "closePost":
      return <ClosePostDialog act={act} {...page} />;
    case "appoint":
      return <AppointDialog act={act} {...page} />;
    case "endHolding":
      return <EndHoldingDialog act={act} {...page} />;
    case "mandate":
      return null; // a page of its own
    default:
      throw act satisfies never;
  }
};
