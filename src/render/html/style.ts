/** Light and dark from the same names; the button overrules the system by `data-theme`. */
export const STYLE = `
:root{--back:#f7f7f5;--card:#fff;--ink:#1c1d1f;--soft:#62666d;--line:#dfe0dc;--mark:#0b6e4f;--focus:#2457d6}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){--back:#131416;--card:#1c1e21;--ink:#e9eaec;--soft:#a0a5ad;--line:#33363b;--mark:#5fd0a5;--focus:#8fb1ff;color-scheme:dark}}
:root[data-theme=dark]{--back:#131416;--card:#1c1e21;--ink:#e9eaec;--soft:#a0a5ad;--line:#33363b;--mark:#5fd0a5;--focus:#8fb1ff;color-scheme:dark}
:root[data-theme=light]{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
header,main,footer{max-width:1120px;margin:0 auto;padding:0 20px}
header{display:flex;justify-content:space-between;align-items:center;padding-top:20px}
h1{font-size:22px;margin:0}h1 small{font-weight:400;font-size:15px;color:var(--soft)}
h2{font-size:15px;margin:0}
button{font:inherit;color:inherit;background:none;border:1px solid var(--line);border-radius:6px;padding:4px 12px;cursor:pointer}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
.skip{position:absolute;left:-999px}.skip:focus{left:20px;top:8px;background:var(--card);padding:6px 10px}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(170px,1fr));gap:12px;margin:18px 0}
.tile,figure,section[id]{background:var(--card);border:1px solid var(--line);border-radius:10px}
.tile{padding:14px 16px}.tile b{display:block;font-size:22px;font-variant-numeric:tabular-nums}.tile span{color:var(--soft)}
figure{margin:0 0 14px;padding:14px 16px;min-width:0}figcaption p{margin:2px 0 8px;color:var(--soft);font-size:13px}
.canvas{position:relative;height:260px}.wide .canvas{height:300px}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:14px}
section[id]{margin:0 0 14px;padding:14px 16px}
.scroll{overflow-x:auto;margin-top:8px}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;font-size:14px}
th,td{padding:5px 10px;text-align:left;border-bottom:1px solid var(--line);white-space:nowrap}td:last-child:not(.n){white-space:normal;min-width:14em}
th button{border:0;padding:0;font-weight:600}.n{text-align:right}
th[aria-sort=ascending] button::after{content:" ↑"}th[aria-sort=descending] button::after{content:" ↓"}
tbody tr:hover{background:color-mix(in srgb,var(--mark) 8%,transparent)}
footer{color:var(--soft);font-size:13px;padding-bottom:40px}footer a{color:inherit}sup{margin-left:2px}
@media (max-width:760px){.pair{grid-template-columns:1fr}}
@media print{.skip,#theme{display:none}body{background:#fff}}
`
