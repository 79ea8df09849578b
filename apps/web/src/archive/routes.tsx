import { useParams, useSearch } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { DossierPage } from "./DossierPage.tsx";
import { SearchPage } from "./SearchPage.tsx";

/** `/arsip/:id` */
export const DossierRoute = (): ReactElement => {
  const { id = "" } = useParams({ strict: false });
  return <DossierPage key={id} dossierId={id} />;
};

/** `/cari?q=` */
export const SearchRoute = (): ReactElement => {
  const { q = "" } = useSearch({ strict: false });
  return <SearchPage key={q} query={q} />;
};
