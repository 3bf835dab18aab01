//! Messages and what they say about whoever wrote them.

use profile::{About, Known, Speech, read};

fn shown(message: &str) -> String {
    match read(message) {
        None => "-".to_owned(),
        Some(Speech::Tell(told)) => {
            let facts: Vec<String> =
                told.facts.iter().map(|fact| format!("{} = {}", fact.topic(), fact.content())).collect();
            let mark = if told.is_explicit { "remember" } else { "told" };
            let rest = if told.rest.is_empty() { String::new() } else { format!(" | {}", told.rest) };
            format!("{mark} {}{rest}", facts.join("; "))
        }
        Some(Speech::Forget(About::Fact(fact))) => format!("forget fact {}", fact.topic()),
        Some(Speech::Forget(About::Words(words))) => format!("forget {words}"),
        Some(Speech::Ignore(About::Words(words))) => format!("ignore {words}"),
        Some(other) => format!("{other:?}"),
    }
}

fn all(messages: &[&str]) -> String {
    messages.iter().map(|message| format!("{message} -> {}\n", shown(message))).collect()
}

#[test]
fn reads_what_is_told() {
    insta::assert_snapshot!(all(&[
        "remember that I wear size M",
        "Please remember I'm a medium",
        "I have wide feet",
        "I have wide feet, which boots would you take?",
        "I'm allergic to nuts / wool",
        "I am allergic to nuts and wool",
        "I'm allergic to nuts, soy and milk. What bars do you have?",
        "I'm allergic to nuts and need a snack bar",
        "I don't like leather",
        "I don’t like leather, show me belts under 50",
        "my dog is small",
        "no, I'm an L now",
        "I wear size 43 in shoes",
        "my shoe size is EU 43",
        "i usually take 32/34 in jeans",
        "I'm vegan",
        "I am 35 years old and a beginner",
        "a rain jacket, I wear size XL, under 100",
        "remember that I like blue",
        "remember that my sister's birthday is on 5 May, in Oslo. Show me gifts",
        "remember that",
        "Can you remember that I have sensitive skin?",
    ]), @r"
    remember that I wear size M -> remember size = M
    Please remember I'm a medium -> remember size = M
    I have wide feet -> told feet = wide
    I have wide feet, which boots would you take? -> told feet = wide | which boots would you take?
    I'm allergic to nuts / wool -> told allergy: nuts = nuts; allergy: wool = wool
    I am allergic to nuts and wool -> told allergy: nuts = nuts; allergy: wool = wool
    I'm allergic to nuts, soy and milk. What bars do you have? -> told allergy: nuts = nuts; allergy: soy = soy; allergy: milk = milk | What bars do you have?
    I'm allergic to nuts and need a snack bar -> told allergy: nuts = nuts | need a snack bar
    I don't like leather -> told dislike: leather = leather
    I don’t like leather, show me belts under 50 -> told dislike: leather = leather | show me belts under 50
    my dog is small -> told pet: dog = small
    no, I'm an L now -> told size = L
    I wear size 43 in shoes -> told size: shoes = 43
    my shoe size is EU 43 -> told size: shoes = EU 43
    i usually take 32/34 in jeans -> told size: jeans = 32/34
    I'm vegan -> told diet = vegan
    I am 35 years old and a beginner -> told age = 35 | a beginner
    a rain jacket, I wear size XL, under 100 -> told size = XL | a rain jacket, under 100
    remember that I like blue -> remember like: blue = blue
    remember that my sister's birthday is on 5 May, in Oslo. Show me gifts -> remember note: my sister's birthday is on 5 may, in oslo = my sister's birthday is on 5 May, in Oslo | Show me gifts
    remember that -> remember 
    Can you remember that I have sensitive skin? -> remember skin: skin = sensitive
    ");
}

#[test]
fn reads_what_is_asked_of_the_memory() {
    insta::assert_snapshot!(all(&[
        "what do you know about me?",
        "What do you remember",
        "do you remember my size?",
        "forget my size",
        "forget that",
        "Forget everything about me!",
        "forget that I'm allergic to nuts",
        "delete all my data",
        "ignore my size this time",
        "forget about my dog",
    ]), @"
    what do you know about me? -> Show
    What do you remember -> Show
    do you remember my size? -> Show
    forget my size -> forget size
    forget that -> ForgetThat
    Forget everything about me! -> ForgetAll
    forget that I'm allergic to nuts -> forget fact allergy: nuts
    delete all my data -> ForgetAll
    ignore my size this time -> ignore size
    forget about my dog -> forget dog
    ");
}

#[test]
fn leaves_everything_else_alone() {
    let others = [
        "I don't like the first one",
        "I don't like it",
        "forget the colour",
        "forget my cart",
        "a jacket in size M",
        "do you have it in size M?",
        "I am looking for boots",
        "do I wear size M?",
        "I need a tent for two people",
        "what is my order status",
        "where is my order",
        "I like the Heron",
        "I like leather",
        "add the second one in medium",
        "is it safe for people who are allergic to nuts?",
        "I would like a leather belt",
        "I have a question",
        "I have a dog bed already",
        "I wear glasses",
        "I am in Oslo",
        "remove the navy jacket",
        "no",
        "",
    ];
    for message in others {
        assert_eq!(shown(message), "-", "{message}");
    }
}

#[test]
fn a_fact_is_what_it_was_kept_as() {
    for message in ["I wear size M", "I'm allergic to nuts", "my dog is small", "remember the 5th of May"] {
        let Some(Speech::Tell(told)) = read(message) else { panic!("{message}") };
        for fact in told.facts {
            assert_eq!(Known::of(&fact.topic(), fact.content()), fact);
        }
    }
    assert_eq!(Known::of("shoe colour", "red").sentence(), "You asked me to remember: “red”");
}
