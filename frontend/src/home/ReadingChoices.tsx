import { texts } from '../texts'
import type { Reading } from './reading'

interface ReadingChoicesProps {
  reading: Reading
  change: (reading: Reading) => void
}

/** What a file can't say of itself: what its decimals are, and what to do with impossible values. */
export function ReadingChoices({ reading, change }: ReadingChoicesProps) {
  const { upload } = texts
  return (
    <>
      <label className="choice">
        <input
          type="checkbox"
          checked={reading.missing}
          onChange={(event) => change({ ...reading, missing: event.target.checked })}
        />
        <span>
          {upload.missing}
          <small>{upload.missingHint}</small>
        </span>
      </label>
      <label>
        {upload.decimal}
        <select
          value={reading.decimal}
          onChange={(event) =>
            change({ ...reading, decimal: event.target.value as Reading['decimal'] })
          }
        >
          <option value="">{upload.decimalAsFound}</option>
          <option value=".">{upload.decimalPoint}</option>
          <option value=",">{upload.decimalComma}</option>
        </select>
      </label>
    </>
  )
}
