//! The far end: addresses of attackers, and whose networks they are in.

use crate::dice::scatter;

/// A network, as `organization`, `country`, `city` and `geoLocation` tell of it.
pub(super) struct Network {
    octets: &'static [u8],
    pub(super) text: &'static str,
}

const fn network(octets: &'static [u8], text: &'static str) -> Network {
    Network { octets, text }
}

/// The first octets of a network, and everything that is said of its addresses. Those of two
/// octets are the cheap hosting that incidents come from.
const NETWORKS: [Network; 14] = [
    network(
        &[45],
        r#""organization":{"asn":"14061","asnOrg":"DIGITALOCEAN-ASN","isp":"DigitalOcean, LLC","org":"DigitalOcean, LLC"},"country":{"countryName":"Netherlands"},"city":{"cityName":"Amsterdam"},"geoLocation":{"lat":52.3759,"lon":4.8975}"#,
    ),
    network(
        &[61],
        r#""organization":{"asn":"4134","asnOrg":"Chinanet","isp":"China Telecom","org":"China Telecom"},"country":{"countryName":"China"},"city":{"cityName":"Nanjing"},"geoLocation":{"lat":32.0607,"lon":118.763}"#,
    ),
    network(
        &[94],
        r#""organization":{"asn":"9009","asnOrg":"M247 Europe SRL","isp":"M247 Europe","org":"M247 Europe"},"country":{"countryName":"Romania"},"city":{"cityName":"Bucharest"},"geoLocation":{"lat":44.4291,"lon":26.1063}"#,
    ),
    network(
        &[103],
        r#""organization":{"asn":"135377","asnOrg":"UCLOUD INFORMATION TECHNOLOGY HK LIMITED","isp":"UCloud","org":"UCloud"},"country":{"countryName":"Hong Kong"},"city":{"cityName":"Hong Kong"},"geoLocation":{"lat":22.2842,"lon":114.1759}"#,
    ),
    network(
        &[118],
        r#""organization":{"asn":"4766","asnOrg":"Korea Telecom","isp":"Korea Telecom","org":"Korea Telecom"},"country":{"countryName":"South Korea"},"city":{"cityName":"Seoul"},"geoLocation":{"lat":37.5658,"lon":126.978}"#,
    ),
    network(
        &[141],
        r#""organization":{"asn":"16276","asnOrg":"OVH SAS","isp":"OVH SAS","org":"OVH SAS"},"country":{"countryName":"France"},"city":{"cityName":"Roubaix"},"geoLocation":{"lat":50.6974,"lon":3.178}"#,
    ),
    network(
        &[178],
        r#""organization":{"asn":"49505","asnOrg":"OOO Network of data-centers Selectel","isp":"Selectel","org":"Selectel"},"country":{"countryName":"Russia"},"city":{"cityName":"Moscow"},"geoLocation":{"lat":55.7483,"lon":37.6171}"#,
    ),
    network(
        &[185],
        r#""organization":{"asn":"60729","asnOrg":"Stiftung Erneuerbare Freiheit","isp":"Artikel10 e.V.","org":"Artikel10 e.V."},"country":{"countryName":"Germany"},"city":{"cityName":"Hamburg"},"geoLocation":{"lat":53.5507,"lon":9.993}"#,
    ),
    network(
        &[193, 32],
        r#""organization":{"asn":"47890","asnOrg":"UNMANAGED LTD","isp":"Unmanaged Ltd","org":"Unmanaged Ltd"},"country":{"countryName":"United Kingdom"},"city":{"cityName":"London"},"geoLocation":{"lat":51.5074,"lon":-0.1196}"#,
    ),
    network(
        &[91, 240],
        r#""organization":{"asn":"57523","asnOrg":"Chang Way Technologies Co. Limited","isp":"Chang Way Technologies","org":"Chang Way Technologies"},"country":{"countryName":"Russia"},"city":{"cityName":"Saint Petersburg"},"geoLocation":{"lat":59.8983,"lon":30.2618}"#,
    ),
    network(
        &[80, 94],
        r#""organization":{"asn":"47890","asnOrg":"UNMANAGED LTD","isp":"Unmanaged Ltd","org":"Unmanaged Ltd"},"country":{"countryName":"Romania"},"city":{"cityName":"Timisoara"},"geoLocation":{"lat":45.7494,"lon":21.2272}"#,
    ),
    network(
        &[179, 43],
        r#""organization":{"asn":"51852","asnOrg":"Private Layer INC","isp":"Private Layer Inc","org":"Private Layer Inc"},"country":{"countryName":"Switzerland"},"city":{"cityName":"Zurich"},"geoLocation":{"lat":47.3682,"lon":8.5671}"#,
    ),
    network(
        &[46, 161],
        r#""organization":{"asn":"41665","asnOrg":"Hostkey B.v.","isp":"Hostkey","org":"Hostkey"},"country":{"countryName":"Russia"},"city":{"cityName":"Moscow"},"geoLocation":{"lat":55.7386,"lon":37.6068}"#,
    ),
    network(
        &[212, 102],
        r#""organization":{"asn":"60068","asnOrg":"Datacamp Limited","isp":"Datacamp Limited","org":"Datacamp Limited"},"country":{"countryName":"Czechia"},"city":{"cityName":"Prague"},"geoLocation":{"lat":50.0883,"lon":14.4124}"#,
    ),
];

/// Networks of one octet: those that findings without an incident tell of.
const COMMON: usize = 8;

/// An attacker's address.
pub(super) fn address(key: u64) -> u32 {
    let bits = scatter(key ^ 0xfa4);
    let first = NETWORKS[bits as usize % COMMON].octets[0];
    u32::from(first) << 24 | (bits >> 8) as u32 & 0x00ff_ff00 | (1 + (bits >> 56) as u32 % 253)
}

/// What is known of an address.
pub(super) fn network_of(address: u32) -> &'static str {
    let octets = address.to_be_bytes();
    let known = |network: &&Network| octets.starts_with(network.octets);
    NETWORKS.iter().find(known).map_or(NETWORKS[0].text, |network| network.text)
}

/// The name of a port.
pub(super) const fn port_name(port: u16) -> &'static str {
    match port {
        22 => "SSH",
        25 => "SMTP",
        53 => "DNS",
        80 => "HTTP",
        443 => "HTTPS",
        445 => "SMB",
        3306 => "MySQL",
        3389 => "RDP",
        5432 => "PostgreSQL",
        _ => "Unknown",
    }
}
