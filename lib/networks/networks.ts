// What the product needs to know of a network: a name that a person recognises.

export interface Networks {
  /**
   * @param network as it is kept: /24 of IPv4, /48 of IPv6; null when unknown
   * @returns e.g. « Réseau Inserm, Paris » or « Lyon, France »; null when nothing is known of it
   */
  nameOf(network: string | null, language: 'fr' | 'en'): string | null;
}
