import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { MandatesPage } from "./MandatesPage.tsx";

/** `/mandat`, with `?jabatan=` the post whose form opens at once. */
export const MandatesRoute = (): ReactElement => {
  const { jabatan } = useSearch({ strict: false });
  const navigate = useNavigate();
  return <MandatesPage key={jabatan ?? ""} postId={jabatan} onLeavePost={() => { if (jabatan !== undefined) void navigate({ to: "/mandat", search: {}, replace: true }); }} />;
};
