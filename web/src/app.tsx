import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';

import { GenerationPage } from './pages/GenerationPage';
import { Home } from './pages/Home';
import { NotFound } from './pages/NotFound';
import { ProjectsPage } from './pages/ProjectsPage';
import { SignIn } from './pages/SignIn';
import { Private } from './shell/Private';
import { Shell } from './shell/Shell';
import { Waiting } from './ui/Notice';

const AccountPage = lazy(() => import('./pages/AccountPage').then((module) => ({ default: module.AccountPage })));
const ProjectPage = lazy(() => import('./pages/ProjectPage').then((module) => ({ default: module.ProjectPage })));
const ComparePage = lazy(() => import('./pages/ComparePage').then((module) => ({ default: module.ComparePage })));

export function App() {
  return (
    <Shell>
      <Suspense fallback={<Waiting what="the page" />}>
        <Switch>
          <Route path="/" component={Home} />
          <Route path="/login">{() => <SignIn kind="login" />}</Route>
          <Route path="/signup">{() => <SignIn kind="register" />}</Route>
          <Route path="/account">{() => <Private><AccountPage /></Private>}</Route>
          <Route path="/projects">{() => <Private><ProjectsPage /></Private>}</Route>
          <Route path="/projects/:id">{({ id }) => <Private><ProjectPage key={id} id={id} /></Private>}</Route>
          <Route path="/projects/:id/compare/:from/:to">
            {({ id, from, to }) => <Private><ComparePage key={`${id}:${from}:${to}`} id={id} from={Number(from)} to={Number(to)} /></Private>}
          </Route>
          <Route path="/g/:id/*?">
            {({ id, '*': rest }) => {
              const [tab = '', ...path] = (rest ?? '').split('/');
              return <Private><GenerationPage key={id} id={id} tab={tab} path={path.map(decodeURIComponent).join('/')} /></Private>;
            }}
          </Route>
          <Route component={NotFound} />
        </Switch>
      </Suspense>
    </Shell>
  );
}
