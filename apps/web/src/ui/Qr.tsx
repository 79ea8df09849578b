import encodeQr from "qr";
import { useMemo, type ReactElement } from "react";

/** A QR code as a drawing; letters keep their case. Dark on light in both themes: cameras want it so. */
export const Qr = ({ text, label, className }: { readonly text: string; readonly label: string; readonly className?: string | undefined }): ReactElement => {
  const rows = useMemo(() => encodeQr(text, "raw", { ecc: "medium", border: 1, scale: 1 }), [text]);
  const path = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  return <svg className={className} viewBox={`0 0 ${rows.length} ${rows.length}`} role="img" aria-label={label} shapeRendering="crispEdges"><path d={path} fill="#000" /></svg>;
};
