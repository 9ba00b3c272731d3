import { parquetMetadata } from "hyparquet"; import { readFileSync, readdirSync } from "fs";
const dir="/work/main/build/bench/sample/options/"; let early=0, nulls=0, n=0, pages={};
for (const f of readdirSync(dir)) { const b=readFileSync(dir+f); const k=b.readUInt32LE(b.length-8); if(b.toString("latin1",b.length-4)!=="PAR1"){console.log(f,"no");continue;} const m=parquetMetadata(b.buffer.slice(b.byteOffset+b.length-8-k,b.byteOffset+b.length));
 for (const g of m.row_groups) { const c=g.columns.find(c=>c.meta_data.path_in_schema[0]==="timestamp")?.meta_data; if(!c){console.log(f,"none");continue;} n++; const s=c.statistics; if(!s) continue; if (new Date(String(s.min_value??s.min)).getFullYear()<2000 || (s.min_value??s.min) < 1e9) early++; if (Number(s.null_count??0)>0) nulls++; if(n<4) console.log(f,s, c.encoding_stats); } }
console.log({n,early,nulls});
