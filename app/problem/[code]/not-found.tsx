// A problem that is none of ours: the address leads nowhere.
export { default } from '../../[...nowhere]/not-found';
