// A page here is of somebody who is signed in.
export { SessionLayout as default } from '../session-layout';
