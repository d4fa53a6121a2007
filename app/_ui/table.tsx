// Several of one thing, compared: a table with its caption; the first cell of a row names it. In a narrow window each row becomes a block.
import type { ReactNode } from 'react';
import styles from './table.module.css';

export interface TableRow {
  readonly key: string;
  /** As many as there are columns; the first names the row. */
  readonly cells: readonly [ReactNode, ...ReactNode[]];
}

export function Table({ caption, columns, rows }: { caption: ReactNode; columns: readonly string[]; rows: readonly TableRow[] }) {
  return (
    <table className={styles.table}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells: [name, ...others] }) => (
          <tr key={key}>
            <th scope="row">{name}</th>
            {others.map((cell, n) => (
              // Cells have no other name than their column's.
              <td key={columns[n + 1]} data-label={columns[n + 1]}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A number that people read out, in one piece. */
export function ReadOut({ children }: { children: string }) {
  return <span className={styles.number}>{children}</span>;
}
