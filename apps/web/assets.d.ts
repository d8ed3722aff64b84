/** What Vite adds to imports: stylesheets, worker addresses, and the glob that finds every screens room. */
/// <reference types="vite/client" />
