//! Floors under the quality of the built-in store, by words alone. They are no aims: they catch what breaks.

mod conversations;
mod injections;
mod reviewed;
mod tau_retail;

use eval::catalog::Catalog;
use eval::judged::TRANSLATED;
use eval::shop::Shop;
use eval::suite::{questions, searches, suitability};
use infer::LanguageModel;
use search::Language;

#[tokio::test]
async fn quality_stays_above_its_floors() {
    let shop = Shop::open(Catalog::Demo, None).await.unwrap().expect("the built-in store is always here");
    let searches = searches::run(Catalog::Demo, &shop, Language::English).await.unwrap();
    assert!(searches.ndcg > 0.75, "NDCG@10 {}: {:#?}", searches.ndcg, searches.failures);
    assert!(searches.mrr > 0.85, "MRR {}: {:#?}", searches.mrr, searches.failures);
    assert_eq!(searches.zero_results, 0.0, "{:#?}", searches.failures);

    let questions =
        questions::run(Catalog::Demo, &shop, &LanguageModel::None, Language::English).await.unwrap();
    assert!(questions.accuracy > 0.65, "accuracy {}: {:#?}", questions.accuracy, questions.failures);
    assert!(questions.supported > 0.55, "supported {}: {:#?}", questions.supported, questions.failures);
    assert!(questions.abstention_recall >= 0.2, "{:#?}", questions.failures);

    let suitability = suitability::run(Catalog::Demo, &shop).unwrap();
    assert!(suitability.accuracy > 0.8, "accuracy {}: {:#?}", suitability.accuracy, suitability.failures);
    assert_eq!(suitability.supported, 1.0, "{:#?}", suitability.failures);
}

#[tokio::test]
async fn other_languages_stay_above_their_floors() {
    let shop = Shop::open(Catalog::Demo, None).await.unwrap().expect("the built-in store is always here");
    for language in TRANSLATED {
        let searches = searches::run(Catalog::Demo, &shop, language).await.unwrap();
        assert!(searches.ndcg > 0.7, "{} NDCG@10 {}", language.code(), searches.ndcg);
        let questions = questions::run(Catalog::Demo, &shop, &LanguageModel::None, language).await.unwrap();
        assert!(questions.accuracy > 0.5, "{} accuracy {}", language.code(), questions.accuracy);
    }
}
