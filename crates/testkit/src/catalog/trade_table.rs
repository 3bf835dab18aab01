//! What is sold: trades from the largest to the smallest, with the attributes and options that their goods have.

use Facts::{Flag, Quantity, Words};

/// One kind of goods.
pub(super) struct Trade {
    /// The path of its category without the last step.
    pub(super) category: &'static str,
    pub(super) nouns: &'static [&'static str],
    pub(super) attributes: &'static [(&'static str, Facts)],
    pub(super) options: &'static [(&'static str, &'static [&'static str])],
    /// From the cheapest to the dearest, in whole dollars.
    pub(super) price: (f64, f64),
    pub(super) uses: &'static [&'static str],
}

/// What an attribute may be.
pub(super) enum Facts {
    Words(&'static [&'static str]),
    Quantity(f64, f64, &'static str),
    Flag,
}

const COLOURS: &[&str] =
    &["Black", "White", "Navy", "Red", "Olive", "Grey", "Sand", "Teal", "Yellow", "Plum"];
const SIZES: &[&str] = &["XS", "S", "M", "L", "XL", "XXL"];
const SHOE_SIZES: &[&str] = &["37", "38", "39", "40", "41", "42", "43", "44"];
const FABRICS: &[&str] = &["Cotton", "Wool", "Polyester", "Linen", "Nylon", "Recycled polyester", "Bamboo"];
const WOODS: &[&str] = &["Oak", "Beech", "Walnut", "Pine", "Birch", "Acacia"];
const METALS: &[&str] = &["Steel", "Aluminium", "Titanium", "Brass", "Cast iron"];
const CARE: &[&str] = &["Machine wash cold", "Hand wash", "Dry clean", "Wipe clean"];
const SEASONS: &[&str] = &["Spring", "Summer", "Autumn", "Winter", "All year"];
const COUNTRIES: &[&str] = &["Portugal", "Vietnam", "Germany", "Canada", "India", "Japan", "Poland"];
const ENERGY: &[&str] = &["A", "B", "C", "D", "E"];

macro_rules! trades {
    ($($category:literal, [$($noun:literal),*], $price:expr, [$($use:literal),*], [$($option:expr),*],
       [$($name:literal: $facts:expr),* $(,)?];)*) => {
        &[$(Trade {
            category: $category,
            nouns: &[$($noun),*],
            attributes: &[$(($name, $facts)),*],
            options: &[$($option),*],
            price: $price,
            uses: &[$($use),*],
        }),*]
    };
}

pub(super) const TRADES: &[Trade] = trades![
    "Clothing > Jackets", ["Jacket", "Parka", "Vest", "Windbreaker"], (30.0, 400.0),
    ["cold mornings", "windy ridges", "the daily commute"], [("Size", SIZES), ("Color", COLOURS)],
    ["Material": Words(FABRICS), "Waterproof": Flag, "Weight": Quantity(250.0, 1400.0, "g"), "Season": Words(SEASONS),
     "Care": Words(CARE), "Fit": Words(&["Slim", "Regular", "Relaxed"]), "Made in": Words(COUNTRIES)];
    "Clothing > Tops", ["Shirt", "Sweater", "Blouse", "Hoodie"], (12.0, 140.0),
    ["warm offices", "weekends", "layering"], [("Size", SIZES), ("Color", COLOURS)],
    ["Material": Words(FABRICS), "Neckline": Words(&["Crew", "V-neck", "Collar"]), "Sleeve": Words(&["Short", "Long"]),
     "Care": Words(CARE), "Fit": Words(&["Slim", "Regular", "Relaxed"]), "Fabric weight": Quantity(120.0, 320.0, "gsm")];
    "Shoes", ["Running Shoe", "Boot", "Sandal", "Sneaker"], (25.0, 260.0),
    ["long runs", "wet trails", "city streets"], [("Size", SHOE_SIZES), ("Color", COLOURS)],
    ["Upper": Words(&["Leather", "Mesh", "Suede", "Knit"]), "Sole": Words(&["Rubber", "Foam", "Cork"]),
     "Drop": Quantity(0.0, 12.0, "mm"), "Weight": Quantity(180.0, 620.0, "g"), "Waterproof": Flag, "Vegan": Flag];
    "Kitchen > Cookware", ["Pan", "Pot", "Wok", "Casserole"], (15.0, 320.0),
    ["slow stews", "quick suppers", "large families"], [("Diameter", &["20 cm", "24 cm", "28 cm", "32 cm"])],
    ["Material": Words(METALS), "Capacity": Quantity(0.8, 9.0, "l"), "Induction": Flag, "Dishwasher safe": Flag,
     "Weight": Quantity(0.6, 6.0, "kg"), "Oven safe to": Quantity(160.0, 300.0, "°C"), "Lid included": Flag];
    "Electronics > Audio", ["Headphone", "Speaker", "Earbud", "Soundbar"], (18.0, 600.0),
    ["travel", "small rooms", "long calls"], [("Color", COLOURS)],
    ["Battery life": Quantity(4.0, 60.0, "hours"), "Bluetooth": Words(&["5.0", "5.2", "5.3"]), "Noise cancelling": Flag,
     "Weight": Quantity(20.0, 900.0, "g"), "Water rating": Words(&["IPX4", "IPX5", "IPX7", "None"]),
     "Driver": Quantity(6.0, 50.0, "mm"), "Warranty": Words(&["1 year", "2 years"])];
    "Camping > Tents", ["Tent", "Tarp", "Shelter"], (40.0, 900.0),
    ["three seasons", "windy coasts", "light packs"], [("Capacity", &["1 person", "2 people", "3 people", "4 people"])],
    ["Weight": Quantity(0.9, 9.0, "kg"), "Water column": Quantity(1500.0, 6000.0, "mm"), "Season": Words(SEASONS),
     "Material": Words(&["Ripstop nylon", "Polyester", "Canvas"]), "Freestanding": Flag, "Vestibules": Words(&["1", "2"]),
     "Packed length": Quantity(30.0, 70.0, "cm")];
    "Furniture > Tables", ["Desk", "Table", "Bench"], (80.0, 1800.0),
    ["small flats", "big dinners", "home offices"], [("Finish", WOODS), ("Width", &["100 cm", "120 cm", "160 cm"])],
    ["Material": Words(WOODS), "Depth": Quantity(40.0, 100.0, "cm"), "Height": Quantity(42.0, 110.0, "cm"),
     "Load": Quantity(40.0, 200.0, "kg"), "Assembly required": Flag, "Extendable": Flag, "Made in": Words(COUNTRIES)];
    "Beauty > Skin", ["Cream", "Serum", "Cleanser", "Balm"], (6.0, 120.0),
    ["dry skin", "sensitive skin", "early mornings"], [("Size", &["30 ml", "50 ml", "100 ml", "200 ml"])],
    ["Skin type": Words(&["Dry", "Oily", "Sensitive", "Normal"]), "Fragrance free": Flag, "Vegan": Flag,
     "SPF": Words(&["0", "15", "30", "50"]), "Made in": Words(COUNTRIES), "Texture": Words(&["Light", "Rich", "Gel"])];
    "Electronics > Phones", ["Phone", "Tablet", "Reader"], (90.0, 1400.0),
    ["reading outdoors", "long days", "photographs"], [("Storage", &["64 GB", "128 GB", "256 GB"]), ("Color", COLOURS)],
    ["Screen size": Quantity(5.0, 12.9, "inch"), "Battery": Quantity(2500.0, 9000.0, "mAh"), "Memory": Quantity(3.0, 16.0, "GB"),
     "Camera": Quantity(8.0, 108.0, "MP"), "Weight": Quantity(140.0, 560.0, "g"), "Dual SIM": Flag, "Charging": Quantity(10.0, 90.0, "W")];
    "Sports > Cycling", ["Helmet", "Saddle", "Pedal", "Bike Light"], (12.0, 380.0),
    ["rough roads", "night rides", "racing"], [("Size", &["S", "M", "L"]), ("Color", COLOURS)],
    ["Weight": Quantity(90.0, 600.0, "g"), "Material": Words(METALS), "Brightness": Quantity(50.0, 1800.0, "lm"),
     "Reflective": Flag, "Season": Words(SEASONS), "Standard": Words(&["EN 1078", "ISO 4210", "None"])];
    "Toys > Building", ["Block Set", "Train Set", "Puzzle"], (8.0, 160.0),
    ["rainy afternoons", "small hands", "playing together"], [("Pieces", &["50 pieces", "100 pieces", "250 pieces"])],
    ["Age from": Quantity(1.0, 12.0, "years"), "Material": Words(WOODS), "Battery needed": Flag, "Safety": Words(&["EN 71", "ASTM F963"]),
     "Weight": Quantity(0.2, 4.0, "kg"), "Made in": Words(COUNTRIES)];
    "Garden > Tools", ["Spade", "Rake", "Shear", "Hose"], (9.0, 180.0),
    ["heavy soil", "raised beds", "hedges"], [("Length", &["60 cm", "90 cm", "120 cm", "150 cm"])],
    ["Handle": Words(WOODS), "Blade": Words(METALS), "Weight": Quantity(0.3, 4.0, "kg"), "Rust proof": Flag, "Warranty": Words(&["2 years", "10 years"])];
    "Grocery > Coffee", ["Coffee", "Tea", "Cocoa"], (4.0, 45.0),
    ["slow mornings", "strong espresso", "cold brew"], [("Weight", &["250 g", "500 g", "1 kg"])],
    ["Origin": Words(&["Ethiopia", "Colombia", "Brazil", "Kenya", "Assam"]), "Roast": Words(&["Light", "Medium", "Dark"]),
     "Organic": Flag, "Decaffeinated": Flag, "Altitude": Quantity(600.0, 2200.0, "m"), "Grind": Words(&["Whole bean", "Ground"])];
    "Pets > Dogs", ["Collar", "Dog Bed", "Leash", "Dog Coat"], (7.0, 150.0),
    ["muddy walks", "old dogs", "puppies"], [("Size", &["S", "M", "L", "XL"]), ("Color", COLOURS)],
    ["Material": Words(FABRICS), "Washable": Flag, "Dog weight": Quantity(3.0, 60.0, "kg"), "Reflective": Flag, "Care": Words(CARE)];
    "Home > Lighting", ["Lamp", "Pendant", "Lantern"], (14.0, 420.0),
    ["reading corners", "dim halls", "dinner tables"], [("Color", COLOURS)],
    ["Power": Quantity(3.0, 60.0, "W"), "Brightness": Quantity(200.0, 2400.0, "lm"), "Height": Quantity(12.0, 180.0, "cm"),
     "Dimmable": Flag, "Energy class": Words(ENERGY), "Material": Words(METALS), "Cable": Quantity(1.0, 4.0, "m")];
    "Home > Bedding", ["Duvet", "Pillow", "Sheet"], (15.0, 380.0),
    ["hot nights", "light sleepers", "cold rooms"], [("Size", &["Single", "Double", "King"]), ("Color", COLOURS)],
    ["Material": Words(FABRICS), "Filling": Words(&["Down", "Wool", "Microfibre"]), "Care": Words(CARE),
     "Fabric weight": Quantity(90.0, 300.0, "gsm"), "Hypoallergenic": Flag, "Season": Words(SEASONS)];
    "Tools > Power", ["Drill", "Saw", "Sander"], (35.0, 520.0),
    ["hard wood", "tight corners", "weekend jobs"], [("Kit", &["Bare", "One battery", "Two batteries"])],
    ["Voltage": Quantity(10.0, 36.0, "V"), "Power": Quantity(250.0, 1800.0, "W"), "Weight": Quantity(0.9, 5.0, "kg"),
     "Brushless": Flag, "Noise": Quantity(70.0, 105.0, "dB"), "Battery": Quantity(1.5, 8.0, "Ah"), "Warranty": Words(&["2 years", "3 years"])];
    "Kitchen > Appliances", ["Kettle", "Blender", "Toaster", "Grinder"], (18.0, 450.0),
    ["small kitchens", "smoothies", "early breakfasts"], [("Color", COLOURS)],
    ["Power": Quantity(150.0, 2400.0, "W"), "Capacity": Quantity(0.3, 2.2, "l"), "Noise": Quantity(45.0, 95.0, "dB"),
     "Energy class": Words(ENERGY), "Dishwasher safe": Flag, "Material": Words(METALS), "Weight": Quantity(0.7, 5.0, "kg")];
    "Office > Paper", ["Notebook", "Planner", "Sketchbook"], (3.0, 48.0),
    ["fountain pens", "meetings", "travel diaries"], [("Format", &["A6", "A5", "A4"]), ("Ruling", &["Plain", "Lined", "Dotted"])],
    ["Pages": Quantity(48.0, 320.0, "pieces"), "Paper weight": Quantity(60.0, 160.0, "gsm"), "Cover": Words(&["Linen", "Card", "Leather"]),
     "Recycled": Flag, "Made in": Words(COUNTRIES)];
    "Baby > Travel", ["Stroller", "Carrier", "Car Seat"], (60.0, 1100.0),
    ["narrow lifts", "long flights", "first months"], [("Color", COLOURS)],
    ["Weight": Quantity(1.0, 14.0, "kg"), "Child weight to": Quantity(9.0, 25.0, "kg"), "Foldable": Flag, "Standard": Words(&["R129", "EN 1888"]),
     "Material": Words(FABRICS), "Care": Words(CARE)];
    "Luggage", ["Backpack", "Suitcase", "Duffel"], (25.0, 480.0),
    ["cabin flights", "school days", "long treks"], [("Volume", &["20 l", "30 l", "45 l", "65 l"]), ("Color", COLOURS)],
    ["Weight": Quantity(0.5, 4.5, "kg"), "Material": Words(FABRICS), "Waterproof": Flag, "Laptop size": Quantity(12.0, 17.0, "inch"),
     "Wheels": Words(&["0", "2", "4"]), "Warranty": Words(&["2 years", "Lifetime"])];
    "Jewellery", ["Ring", "Necklace", "Bracelet"], (15.0, 2600.0),
    ["gifts", "weddings", "every day"], [("Metal", &["Silver", "Gold", "Rose gold"])],
    ["Stone": Words(&["None", "Opal", "Garnet", "Zirconia"]), "Weight": Quantity(1.0, 30.0, "g"), "Nickel free": Flag,
     "Length": Quantity(16.0, 60.0, "cm"), "Handmade": Flag];
    "Music > Strings", ["Guitar", "Ukulele", "Violin"], (45.0, 2400.0),
    ["beginners", "stages", "small hands"], [("Size", &["1/2", "3/4", "4/4"]), ("Finish", WOODS)],
    ["Top": Words(WOODS), "Scale": Quantity(330.0, 660.0, "mm"), "Pickup": Flag, "Case included": Flag, "Strings": Words(&["Nylon", "Steel", "Gut"])];
    "Photography", ["Camera", "Lens", "Tripod"], (60.0, 3200.0),
    ["low light", "wildlife", "video"], [("Mount", &["E", "Z", "RF", "X"])],
    ["Weight": Quantity(0.3, 3.0, "kg"), "Sensor": Quantity(12.0, 61.0, "MP"), "Focal length": Quantity(14.0, 600.0, "mm"),
     "Weather sealed": Flag, "Stabilised": Flag, "Material": Words(METALS)];
];
