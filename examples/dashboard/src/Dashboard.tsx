import { useServices } from '@hyperflame/react';
import { useMemo, useState } from 'react';
import { Comparison } from './Comparison.tsx';
import { lastPeriods } from './periods.ts';
import { ServiceTile } from './ServiceTile.tsx';

const LENGTHS = [15, 60, 360, 1440];

/** A tile for each service, and the chosen one compared with itself a while ago. */
export function Dashboard() {
  const [minutes, setMinutes] = useState(60);
  const [opened] = useState(() => new Date());
  const periods = useMemo(() => lastPeriods(opened, minutes), [opened, minutes]);
  const services = useServices({ timeRange: periods.after });
  const [chosen, setChosen] = useState<string>();
  const names = services.data?.items.map(({ service }) => service) ?? [];
  const service = chosen ?? names[0];

  return (
    <main>
      <header>
        <h1>What changed</h1>
        <label>
          {'Last '}
          <select value={minutes} onChange={(event) => setMinutes(Number(event.target.value))}>
            {LENGTHS.map((length) => (
              <option key={length} value={length}>
                {length < 60 ? `${length} minutes` : `${length / 60} h`}
              </option>
            ))}
          </select>
          {', compared with as long before'}
        </label>
      </header>
      {services.isError && <p role="alert">{services.error.message}</p>}
      {services.isSuccess && names.length === 0 && (
        <p role="status">No profiles in this time. A longer one may have some.</p>
      )}
      <nav aria-label="Services">
        {names.map((name) => (
          <ServiceTile
            key={name}
            service={name}
            timeRange={periods.after}
            isChosen={name === service}
            onChoose={() => setChosen(name)}
          />
        ))}
      </nav>
      {service !== undefined && <Comparison key={service} service={service} periods={periods} />}
    </main>
  );
}
