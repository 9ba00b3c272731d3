import { parquetMetadata } from "hyparquet"; import { readFileSync } from "fs";
const b=readFileSync(process.argv[2]); const n=b.readUInt32LE(b.length-8); const m=parquetMetadata(b.buffer.slice(b.byteOffset+b.length-8-n,b.byteOffset+b.length));
console.log("footer",n,"rows",m.num_rows,"groups",m.row_groups.length, m.created_by);
for (const g of m.row_groups.slice(0,2)) for (const c of g.columns) { const d=c.meta_data; console.log(d.path_in_schema[0].padEnd(24), d.type, d.codec, d.encodings.join(), "off",Number(d.dictionary_page_offset||d.data_page_offset), "comp",Number(d.total_compressed_size), "raw",Number(d.total_uncompressed_size), c.offset_index_offset?"OI":""); }
