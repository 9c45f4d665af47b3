import { saveFile } from '../api/download'
import { ErrorNotice } from '../parts/Notice'
import { useOnce } from '../state/once'
import { texts } from '../texts'

// For a spreadsheet: own columns too, cities and occupations by name, a mark that says UTF-8.
const EVERYTHING = { format: 'csv', columns: 'all', labels: 'names', bom: 'true' } as const

/** The result as files. */
export function TakeAway() {
  const [taking, error, running] = useOnce()
  const files = [
    [texts.result.takeCsv, 'customers.csv', '/getCustomers', EVERYTHING],
    [
      texts.result.takeProducts,
      'products-by-cluster.csv',
      '/getProductsByCluster',
      { format: 'csv' },
    ],
  ] as const
  return (
    <section className="card" aria-labelledby="take">
      <h2 id="take">{texts.result.take}</h2>
      <div className="buttons">
        {files.map(([label, name, path, query]) => (
          <button
            key={name}
            type="button"
            aria-disabled={running}
            onClick={() => void taking(() => saveFile(name, path, query))}
          >
            {label}
          </button>
        ))}
      </div>
      <p role="status">{running && texts.result.preparing}</p>
      <ErrorNotice error={error} />
    </section>
  )
}
