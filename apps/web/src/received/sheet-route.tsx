import { useParams } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { DispositionSheet } from "./DispositionSheet.tsx";

/** `/surat/:id/lembar` */
export const SheetRoute = (): ReactElement => {
  const { id } = useParams({ strict: false });
  return <DispositionSheet letterId={id ?? ""} />;
};
