use std::io;

use super::*;

fn lines(options: &Generate, form: Form) -> Vec<String> {
    let mut out = Vec::new();
    let plan = options.plan().unwrap();
    generate(&plan, form, &mut out, &mut |_| {}).unwrap().unwrap();
    String::from_utf8(out).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn a_count_is_a_count_in_every_form() {
    let options = Generate { count: Some(2_345), ..Generate::default() };
    let plain = lines(&options, Form::Plain);
    assert_eq!(plain.len(), 2_345);
    let rows = lines(&options, Form::LogEvents);
    let messages: Vec<String> = rows
        .iter()
        .map(|row| serde_json::from_str::<serde_json::Value>(row).unwrap())
        .map(|row| row["message"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(messages, plain);
}

#[test]
fn an_envelope_holds_what_was_asked_for() {
    use base64::Engine;
    use std::io::Read;
    let options = Generate { count: Some(1_000), accounts: 1, ..Generate::default() };
    let mut messages = Vec::new();
    let mut ids = std::collections::BTreeSet::new();
    for line in lines(&options, Form::Envelopes) {
        let packed = base64::engine::general_purpose::STANDARD.decode(line).unwrap();
        let mut text = String::new();
        flate2::read::GzDecoder::new(packed.as_slice()).read_to_string(&mut text).unwrap();
        let envelope: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(envelope["messageType"], "DATA_MESSAGE");
        assert_eq!(envelope["owner"], "222222222222");
        assert_eq!(envelope["logGroup"], "cwl_vpc_fl_member_account_1");
        for event in envelope["logEvents"].as_array().unwrap() {
            assert!(ids.insert(event["id"].as_str().unwrap().to_owned()));
            messages.push(event["message"].as_str().unwrap().to_owned());
        }
    }
    assert_eq!(messages, lines(&options, Form::Plain));
}

#[test]
fn what_was_written_can_be_replayed() {
    let options = Generate { count: Some(500), ..Generate::default() };
    let rows = lines(&options, Form::LogEvents).join("\n");
    let batches =
        crate::replay(&rows, Source::VpcFlowLogs, &Region::us_west_2(), crate::ReplayTimes::Kept)
            .unwrap();
    let mut out = Vec::new();
    assert!(write_batches(&batches, Form::Plain, &mut out).unwrap());
    let again: Vec<&str> = std::str::from_utf8(&out).unwrap().lines().collect();
    assert_eq!(again, lines(&options, Form::Plain));
}

struct Pipe(usize);

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0 == 0 {
            return Err(ErrorKind::BrokenPipe.into());
        }
        self.0 -= 1;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let plan = Generate { count: Some(100_000), ..Generate::default() }.plan().unwrap();
    let written = generate(&plan, Form::Plain, &mut Pipe(2), &mut |_| {}).unwrap().unwrap();
    assert!(written.closed && written.truth.events < 100_000);
}

#[test]
fn the_truth_counts_what_was_written() {
    let options = Generate {
        rate: Some(Rate::per_second(400.0)),
        lasting: Some(Duration::from_secs(300)),
        incidents: vec![Incident::PortScan, Incident::Exfiltration],
        ..Generate::default()
    };
    let plan = options.plan().unwrap();
    let mut out = Vec::new();
    let mut seen = 0.0;
    let truth = generate(&plan, Form::Plain, &mut out, &mut |progress| seen = progress.share)
        .unwrap()
        .unwrap()
        .truth;
    assert!((seen - 1.0).abs() < 1e-9);
    let text = String::from_utf8(out).unwrap();
    assert_eq!(truth.events, 120_000);
    assert_eq!(text.lines().count(), 120_000);
    for planted in &truth.planted {
        let attackers = &planted.plot.attacker.addresses;
        let found = text
            .lines()
            .filter(|line| attackers.iter().any(|address| line.split(' ').any(|f| f == address)))
            .count() as u64;
        assert!(found > 0, "{}", planted.plot.incident);
        assert_eq!(planted.events["vpc-flow-logs"], found, "{}", planted.plot.incident);
    }
    let value = serde_json::to_value(&truth).unwrap();
    assert_eq!(value["planted"][0]["incident"], "port-scan");
    assert!(value["planted"][0]["victim"]["interface_id"].as_str().unwrap().starts_with("eni-0"));
}

#[test]
fn all_sources_share_a_count_exactly() {
    for count in 1..2_000 {
        let parts = split(count, &Source::ALL);
        assert_eq!(parts.iter().map(|(_, part)| part).sum::<u64>(), count);
        assert!(count < 3 || parts.iter().all(|(_, part)| *part > 0), "{parts:?}");
    }
    assert_eq!(split(100_000, &Source::ALL)[1].1, 9_800);
}

#[test]
fn impossible_options_are_refused_in_a_sentence() {
    let refused = |options: Generate| {
        let plan = options.plan().map_err(|error| error.to_string());
        plan.and_then(|plan| plan.traffic().map(|_| ()).map_err(|error| error.to_string()))
            .expect_err("refused")
    };
    let base = Generate::default;
    assert!(refused(Generate { accounts: 0, ..base() }).contains("1 to 10,000"));
    assert!(refused(Generate { count: Some(0), ..base() }).contains("at least 1"));
    let all_three = Generate {
        count: Some(1),
        rate: Some(1.into()),
        lasting: Some(Duration::from_secs(1)),
        ..base()
    };
    assert!(refused(all_three).contains("one too many"));
    let early = Generate { start: Timestamp::from_ms(-1), ..base() };
    assert!(refused(early).contains("give times from"));
    assert!(refused(Generate { rate: Some(1e12.into()), ..base() }).contains("at most 1000000"));
    assert!(refused(Generate { count: Some(u64::MAX), ..base() }).contains("give"));
}

#[test]
fn workers_count_from_one() {
    assert_eq!(worker("1/3"), Ok(Worker { index: 0, count: 3 }));
    assert_eq!(worker("3/3"), Ok(Worker { index: 2, count: 3 }));
    assert_eq!(worker("3/2").unwrap_err(), "there is no worker 3/2: give 1/2 to 2/2");
    assert!(worker("0/2").unwrap_err().contains("count from 1"));
    assert!(worker("1/0").unwrap_err().contains("at least one"));
    for text in ["", "1", "a/b", "1/2/3", "-1/2"] {
        assert!(worker(text).unwrap_err().contains("is not a worker"), "{text}");
    }
}

#[test]
fn counts_are_exact_with_every_incident_at_once() {
    for accounts in [1, 4] {
        for count in [1, 2, 7, 50, 1_000, 30_000] {
            let options = Generate {
                count: Some(count),
                accounts,
                incidents: Incident::ALL.to_vec(),
                ..Generate::default()
            };
            let lines = lines(&options, Form::Plain);
            assert_eq!(lines.len() as u64, count, "{accounts} accounts");
            let ids: std::collections::BTreeSet<_> = lines
                .iter()
                .map(|line| crate::identity(Source::VpcFlowLogs, line).unwrap())
                .collect();
            assert_eq!(ids.len() as u64, count, "no two records are of one flow and window");
        }
    }
}

#[test]
fn a_day_with_its_shape_is_exact() {
    let options = Generate {
        rate: Some(Rate::per_second(0.5)),
        lasting: Some(Duration::from_secs(86_400)),
        shape: "daily:6".parse().unwrap(),
        incidents: vec![Incident::CryptoMining],
        ..Generate::default()
    };
    assert_eq!(lines(&options, Form::Plain).len(), 43_200);
}
