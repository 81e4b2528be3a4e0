// Is what lies in node_modules what package-lock.json asks for? npm leaves its own record of what it
// installed in node_modules/.package-lock.json, in the lockfile's form; comparing the two answers it
// in milliseconds, also after an `npm install` by hand.

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {boolean} [optional]
 * @property {boolean} [peer]
 * @property {boolean} [link]
 *
 * @typedef {object} Lockfile
 * @property {Record<string, LockedPackage>} packages
 */

/**
 * The places under node_modules that are missing, or hold another version than the lockfile says.
 * Optional packages are only judged when they are there: they may be for another platform.
 *
 * @param {Lockfile} wanted package-lock.json
 * @param {Lockfile | undefined} installed node_modules/.package-lock.json
 * @returns {string[]}
 */
export function outdated(wanted, installed) {
  return Object.entries(wanted.packages)
    .filter(([place]) => /(^|\/)node_modules\//.test(place))
    .filter(([place, { version, optional, link }]) => {
      const found = installed?.packages[place];
      if (!found) return !optional;
      return !link && found.version !== version;
    })
    .map(([place]) => place);
}
