import { saveFile } from '../api/download'
import { ErrorNotice } from '../parts/Notice'
import { useOnce } from '../state/once'
import { CONTROL } from '../state/recipients'
import { texts } from '../texts'

// Own columns too, cities and occupations by name; in CSV a mark that says UTF-8 to a spreadsheet.
const EVERYTHING = { columns: 'all', labels: 'names' } as const
const CSV = { format: 'csv', bom: 'true' } as const
const WORKBOOK = { format: 'xlsx' } as const

/** The result as files. */
export function TakeAway() {
  const [taking, error, running] = useOnce()
  const files = [
    [texts.result.takeWorkbook, 'customers.xlsx', '/getCustomers', { ...EVERYTHING, ...WORKBOOK }],
    [texts.result.takeCsv, 'customers.csv', '/getCustomers', { ...EVERYTHING, ...CSV }],
    [
      texts.result.takeOffers,
      'offers-by-customer.xlsx',
      '/getOffersByCustomer',
      { ...WORKBOOK, control: CONTROL },
    ],
    [texts.result.takeProducts, 'products-by-cluster.csv', '/getProductsByCluster', CSV],
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
