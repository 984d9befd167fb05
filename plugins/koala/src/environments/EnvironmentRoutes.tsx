import { Route, Routes, useParams } from 'react-router-dom';
import { EnvironmentPage } from './EnvironmentPage';
import { EnvironmentsPage } from './EnvironmentsPage';

/** The list of environments, and below it each of them. */
export function EnvironmentRoutes() {
  return (
    <Routes>
      <Route index element={<EnvironmentsPage />} />
      <Route path=":name" element={<NamedEnvironment />} />
    </Routes>
  );
}

function NamedEnvironment() {
  const { name = '' } = useParams();
  // What one environment has loaded or folded says nothing of the next.
  return <EnvironmentPage key={name} name={name} />;
}
