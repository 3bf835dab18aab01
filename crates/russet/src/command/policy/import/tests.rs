//! Which category a key of another system names.

use super::*;

fn path(text: &str) -> CategoryPath {
    CategoryPath::parse(text, '>').expect("a path of names")
}

#[test]
fn a_key_names_the_one_category_that_it_fits() {
    let paths = ["Women > Tops > Tees", "Men > Tops > Tees", "Gear > Watches", "Sale > Watches & Clocks"];
    let categories: BTreeSet<CategoryPath> = paths.map(path).into();
    assert_eq!(named(&categories, "tees-women").as_deref(), Some("Women > Tops > Tees"));
    assert_eq!(named(&categories, "watches").as_deref(), Some("Gear > Watches"));
    assert_eq!(named(&categories, "gear").as_deref(), Some("Gear"));
    assert_eq!(named(&categories, "tees"), None, "there are two of them");
    assert_eq!(named(&categories, "shoes"), None);
}
