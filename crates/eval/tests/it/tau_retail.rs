use std::path::Path;

#[tokio::test]
async fn every_task_ends_as_it_should_and_every_violation_is_refused() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/tau-retail");
    let (Ok(world), Ok(tasks)) = (
        std::fs::read_to_string(folder.join("db.json")),
        std::fs::read_to_string(folder.join("tasks-train.json")),
    ) else {
        println!("skipped: {} is not there", folder.display());
        return;
    };
    let report = eval::tau_retail::run(&world, &tasks).await.unwrap();
    let failed: Vec<_> = report.tasks.iter().filter(|task| !task.passed).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    assert!(report.violations_missed.is_empty(), "{:#?}", report.violations_missed);
    assert!(report.violations_tried >= 500, "{}", report.violations_tried);
}
