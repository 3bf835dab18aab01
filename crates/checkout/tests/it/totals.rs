use checkout::cart::{Cart, CartLine, Quote, quote};
use checkout::policy::{RoundPer, TaxPolicy, TaxRate};
use checkout::price_rule::{Deduct, FreeShipping, When};
use checkout::*;
use commerce::{Currency, Money};
use jiff::Timestamp;
use num_rational::Ratio;
use proptest::prelude::*;

use crate::shop::{address, item};

type Exact = Ratio<i128>;

/// One shop and cart, as numbers.
#[derive(Clone, Debug)]
struct World {
    currency: &'static str,
    lines: Vec<(i64, u32)>,
    percent_off: Option<u32>,
    amount_off: Option<i64>,
    rates: Vec<u32>,
    is_included: bool,
    round_per: RoundPer,
    shipping: Option<i64>,
    is_shipping_taxed: bool,
}

fn worlds() -> impl Strategy<Value = World> {
    let currency = prop::sample::select(vec!["JPY", "USD", "KWD"]);
    let lines = prop::collection::vec((0i64..2_000_000, 1u32..9), 1..7);
    let per = prop::sample::select(vec![RoundPer::Line, RoundPer::Total]);
    let off = (prop::option::of(0u32..=1_000_000), prop::option::of(0i64..500_000));
    let rates = prop::collection::vec(1u32..300_000, 0..3);
    let shipping = prop::option::of(0i64..5_000);
    (currency, lines, off, rates, any::<bool>(), per, shipping, any::<bool>()).prop_map(
        |(
            currency,
            lines,
            (percent_off, amount_off),
            rates,
            is_included,
            round_per,
            shipping,
            is_shipping_taxed,
        )| World {
            currency,
            lines,
            percent_off,
            amount_off,
            rates,
            is_included,
            round_per,
            shipping,
            is_shipping_taxed,
        },
    )
}

fn rule(id: &str, priority: i32, deduct: Deduct) -> PriceRule {
    PriceRule {
        delivery: None,
        id: id.to_owned(),
        title: id.to_owned(),
        is_active: true,
        priority,
        is_exclusive: false,
        from: None,
        until: None,
        coupon: None,
        max_uses: None,
        max_uses_per_shopper: None,
        when: When::Always,
        goods: Goods::Everything,
        deduct,
        is_shared: false,
        free_shipping: FreeShipping::No,
    }
}

fn priced(world: &World) -> Quote {
    let currency = Currency::parse(world.currency).unwrap();
    let money = |minor| Money::new(minor, currency);
    let mut policy = Policy::parse(&format!("currency = \"{currency}\"")).unwrap();
    let percent = world.percent_off.map(|off| Deduct::Percent(Percent::of_millionths(off)));
    let amount = world.amount_off.map(|off| Deduct::TogetherBy(policy::Price::of(money(off))));
    policy.price_rules =
        percent.into_iter().chain(amount).zip(1..).map(|(d, n)| rule(&format!("r{n}"), n, d)).collect();
    let rate = |(place, millionths): (usize, &u32)| TaxRate {
        name: format!("tax {place}"),
        percent: Percent::of_millionths(*millionths),
        regions: Vec::new(),
        goods: Goods::Everything,
        on_shipping: world.is_shipping_taxed,
    };
    policy.tax = TaxPolicy {
        prices_include_tax: world.is_included,
        round_per: world.round_per,
        rounding: Rounding::HalfUp,
        rates: world.rates.iter().enumerate().map(rate).collect(),
    };
    let mut cart = Cart::new(Owner::Guest(GuestId::parse("g").unwrap()));
    if let Some(price) = world.shipping {
        let price = policy::Price::of(money(price));
        let rates = vec![policy::ShippingRate {
            regions: Vec::new(),
            up_to_grams: None,
            from_subtotal: None,
            price,
            per_kilogram: None,
        }];
        policy.shipping.methods =
            vec![policy::ShippingMethod { id: "s".to_owned(), title: "S".to_owned(), days: [1, 2], rates }];
        cart.shipping = Some("s".to_owned());
    }
    cart.address = Some(address("1 Main Street"));
    let mut state = State::default();
    for (place, (price, quantity)) in world.lines.iter().enumerate() {
        let item = Item { price: Some(money(*price)), ..item("P", &place.to_string(), 0, "Any") };
        cart.lines.push(CartLine::new(item.variant.clone(), *quantity, *price));
        state.items.insert(item.variant.clone(), item);
    }
    quote(&state, &policy, &cart, Timestamp::UNIX_EPOCH)
}

fn exact(amount: i64) -> Exact {
    Exact::from_integer(i128::from(amount))
}

fn rounded(amount: Exact) -> i64 {
    (amount + Exact::new(1, 2)).floor().to_integer() as i64
}

/// The tax on an amount with these rates together, as a fraction.
fn tax(world: &World, net: i64, rates: &[u32]) -> Exact {
    let rate = Exact::new(i128::from(rates.iter().sum::<u32>()), 1_000_000);
    if world.is_included { exact(net) * rate / (exact(1) + rate) } else { exact(net) * rate }
}

/// All taxes, each rounded where the policy says.
fn naive_tax(world: &World, nets: &[i64], shipping: Option<i64>) -> i64 {
    let taxed: Vec<i64> = nets.iter().copied().chain(shipping.filter(|_| world.is_shipping_taxed)).collect();
    let bases: Vec<i64> = match world.round_per {
        RoundPer::Line => taxed,
        RoundPer::Total => vec![taxed.iter().sum()],
    };
    let sum = |base: &i64| -> i64 {
        match world.is_included {
            true => rounded(tax(world, *base, &world.rates)),
            false => world.rates.iter().map(|rate| rounded(tax(world, *base, &[*rate]))).sum(),
        }
    };
    // With the tax in the prices, rows that bear it are rounded together; the delivery is one of them or bears none.
    bases.iter().map(sum).sum()
}

proptest! {
    #[test]
    fn totals_are_those_of_exact_fractions(world in worlds()) {
        let quote = priced(&world);
        let gross: Vec<i64> = world.lines.iter().map(|(price, quantity)| price * i64::from(*quantity)).collect();
        let subtotal: i64 = gross.iter().sum();
        let off = world.percent_off.map_or(0, |off| rounded(exact(subtotal) * Exact::new(i128::from(off), 1_000_000)));
        let more = world.amount_off.map_or(0, |amount| amount.min(subtotal - off));
        prop_assert_eq!((quote.subtotal_minor, quote.discount_minor), (subtotal, off + more));

        let nets: Vec<i64> = quote.lines.iter().map(|line| line.net_minor).collect();
        prop_assert_eq!(nets.iter().sum::<i64>(), subtotal - off - more);
        if subtotal > 0 {
            for (line, gross) in quote.lines.iter().zip(&gross) {
                // Each rule gives a line its share of what was left, to less than one unit of the last digit.
                let share = exact(*gross) * exact(off + more) / exact(subtotal);
                let distance = share - exact(line.gross_minor - line.net_minor);
                prop_assert!(distance < exact(2) && distance > exact(-2));
                prop_assert!(line.net_minor >= 0);
            }
        }

        let shipping = quote.shipping.as_ref().map(|line| line.net_minor);
        prop_assert_eq!(shipping, world.shipping);
        prop_assert_eq!(quote.tax_minor, naive_tax(&world, &nets, shipping));
        prop_assert_eq!(quote.tax_minor, quote.taxes.iter().map(|tax| tax.amount_minor).sum::<i64>());
        prop_assert_eq!(quote.tax_minor, quote.lines.iter().chain(&quote.shipping).map(|line| line.tax_minor).sum::<i64>());

        let on_top = if world.is_included { 0 } else { quote.tax_minor };
        prop_assert_eq!(quote.total_minor, nets.iter().sum::<i64>() + shipping.unwrap_or(0) + on_top);
        prop_assert_eq!(quote.total_minor, quote.lines.iter().chain(&quote.shipping).map(|line| line.total_minor).sum::<i64>());
    }

    #[test]
    fn shares_are_the_largest_remainders_of_exact_fractions(amount in 0i64..1_000_000_000, weights in prop::collection::vec(0i64..1_000_000, 1..9)) {
        let parts = checkout::exact::shares(amount, &weights);
        prop_assert_eq!(parts.iter().sum::<i64>(), amount);
        let total: i64 = weights.iter().sum();
        if total > 0 {
            let due: Vec<Exact> = weights.iter().map(|weight| exact(amount) * exact(*weight) / exact(total)).collect();
            for (part, due) in parts.iter().zip(&due) {
                prop_assert!(*part == due.floor().to_integer() as i64 || *part == due.ceil().to_integer() as i64);
            }
            // Whoever was rounded up had no smaller remainder than whoever was rounded down.
            let up = due.iter().zip(&parts).filter(|(due, part)| exact(**part) > **due).map(|(due, _)| due.fract()).min();
            let down = due.iter().zip(&parts).filter(|(due, part)| exact(**part) < **due).map(|(due, _)| due.fract()).max();
            prop_assert!(up.zip(down).is_none_or(|(up, down)| up >= down));
        }
    }

    #[test]
    fn refunds_of_pieces_add_up_to_what_was_paid(paid in 0i64..1_000_000_000, cuts in prop::collection::vec(1u32..9, 1..9)) {
        let quantity: u32 = cuts.iter().sum();
        let mut before = 0;
        let mut refunded = 0;
        for cut in cuts {
            let part = checkout::exact::units_share(paid, quantity, before, cut);
            let due = exact(paid) * Exact::new(i128::from(cut), i128::from(quantity));
            prop_assert!((due - exact(part)) < exact(1) && (due - exact(part)) > exact(-1));
            before += cut;
            refunded += part;
            prop_assert!(refunded <= paid);
        }
        prop_assert_eq!(refunded, paid);
    }
}
