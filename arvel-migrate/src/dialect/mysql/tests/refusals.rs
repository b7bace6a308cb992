//! What is refused before anything runs: because the server would do something else in silence, or because it would
//! refuse it half way.

use crate::{
    dialect::CompileError,
    dialect::Dialect,
    dsl::{Schema, desc, expression, prefix},
    schema::DatabaseSchema,
};

use super::{
    super::{MySql, driver},
    refusal,
};

#[test]
fn a_column_of_a_foreign_key_does_not_go_without_it() {
    let body = |s: &mut Schema| {
        s.create("t", |t| {
            t.id();
            t.foreign_id("p_id").constrained("p");
            t.foreign_id("up").nullable().constrained("t");
        });
    };
    for version in ["10.11.2-MariaDB", "8.0.36"] {
        let error = refusal(version, |s| {
            s.create("t", |t| {
                t.foreign_id("p_id").constrained("p");
            });
            s.table("t", |t| t.drop_column("p_id"));
        });
        assert!(
            error.to_string().contains("the foreign key `t_p_id_foreign` uses the column `p_id`"),
            "{error}"
        );
        let hint = "drop the foreign key first, with `table.drop_foreign(named(\"t_p_id_foreign\"))`; the same \
                    `schema.table` can do both";
        assert_eq!(error.hint().as_deref(), Some(hint));
        // Its own id is what the key of the parent references.
        let mut schema = DatabaseSchema::default();
        let dialect = MySql::new(driver::capability(version));
        dialect.fold(&Schema::record(body).operations[0], &mut schema);
        let drop = Schema::record(|s| s.table("t", |t| t.drop_column("id")));
        let error = dialect.compile(&drop.operations[0], &schema).unwrap_err();
        assert!(error.to_string().contains("the foreign key `t_up_foreign` uses the column `id`"), "{error}");
        let both = Schema::record(|s| {
            s.table("t", |t| {
                t.drop_column("p_id");
                t.drop_foreign("p_id");
            })
        });
        dialect.compile(&both.operations[0], &schema).unwrap();
    }
}

#[test]
fn what_an_old_server_would_do_in_silence_is_refused() {
    let operation = Schema::record(|s| {
        s.create("t", |t| {
            t.timestamp("at");
        })
    })
    .operations
    .remove(0);
    for (version, works) in
        [("10.6.1-MariaDB", false), ("5.7.44", false), ("10.11.2-MariaDB", true), ("8.0.36", true)]
    {
        let dialect = MySql::new(driver::capability(version));
        let compiled = dialect.compile(&operation, &DatabaseSchema::default());
        assert_eq!(compiled.is_ok(), works, "{version}: {compiled:?}");
    }
    let operation = Schema::record(|s| {
        s.table("t", |t| {
            t.foreign("a").references("id").on("p").on_delete(crate::operation::ForeignKeyAction::SetDefault);
        })
    })
    .operations
    .remove(0);
    let refused =
        MySql::new(driver::capability("")).compile(&operation, &DatabaseSchema::default()).unwrap_err();
    assert!(matches!(refused, CompileError::Unsupported { .. }), "{refused}");
}

#[test]
fn what_the_server_would_do_in_silence_is_refused() {
    type Case = (&'static str, &'static str, fn(&mut Schema));
    let cases: &[Case] = &[
        ("", "`binary`", |s| {
            s.create("t", |t| {
                t.string("a").charset("binary");
            })
        }),
        ("", "is not a text", |s| {
            s.create("t", |t| {
                t.integer("a").collation("utf8mb4_bin");
            })
        }),
        ("", "is not the name of a collation", |s| {
            s.create("t", |t| {
                t.string("a").collation("x; y");
            })
        }),
        ("", "takes the spaces at the end", |s| {
            s.create("t", |t| {
                t.enumeration("a", &["x "]);
            })
        }),
        ("", "can not contain a comma", |s| {
            s.create("t", |t| {
                t.set("a", &["x,y"]);
            })
        }),
        ("", "there is no shape `blob`", |s| {
            s.create("t", |t| {
                t.geometry_of("a", "blob");
            })
        }),
        ("", "has at most 65535 bytes", |s| {
            s.create("t", |t| {
                t.string_of("a", 70_000);
            })
        }),
        ("", "1 to 64 bits", |s| {
            s.create("t", |t| {
                t.bit("a", 65);
            })
        }),
        ("", "is no number of its type", |s| {
            s.create("t", |t| {
                t.integer("a").default("abc");
            })
        }),
        ("", "is no number of its digits", |s| {
            s.create("t", |t| {
                t.decimal("a", 4, 2).default(1.555);
            })
        }),
        ("", "not one of its values", |s| {
            s.create("t", |t| {
                t.enumeration("a", &["x"]).default("y");
            })
        }),
        ("", "would have no value", |s| {
            s.create("t", |t| {
                t.integer("a").invisible();
            })
        }),
        ("", "NOT NULL can not be said", |s| {
            s.create("t", |t| {
                t.integer("a");
                t.integer("b").virtual_as("a").not_null();
            })
        }),
        ("", "is computed and has a default", |s| {
            s.create("t", |t| {
                t.integer("b").virtual_as("1").default(1);
            })
        }),
        ("", "the moment of an UPDATE", |s| {
            s.create("t", |t| {
                t.date("a").use_current_on_update();
            })
        }),
        ("", "does not count up", |s| {
            s.create("t", |t| {
                t.integer("a").starting_value(5);
            })
        }),
        ("", "a text, whole", |s| {
            s.create("t", |t| {
                t.text("a").index();
            })
        }),
        ("", "a text, whole", |s| {
            s.create("t", |t| {
                t.text("a").unique();
            })
        }),
        ("", "covers 300 characters", |s| {
            s.create("t", |t| {
                t.string("a");
                t.index([prefix("a", 300)]);
            })
        }),
        ("", "which has none", |s| {
            s.create("t", |t| {
                t.integer("a");
                t.index([prefix("a", 2)]);
            })
        }),
        ("", "builds a B-tree", |s| {
            s.create("t", |t| {
                t.integer("a");
                t.index("a").method("hash");
            })
        }),
        ("", "there is no method `gin`", |s| {
            s.create("t", |t| {
                t.integer("a");
                t.index("a").method("gin");
            })
        }),
        ("", "full text index `t_a_fulltext` covers `a`, a int(11)", |s| {
            s.create("t", |t| {
                t.integer("a").full_text();
            })
        }),
        ("", "which may be NULL", |s| {
            s.create("t", |t| {
                t.geometry("a").nullable().spatial_index();
            })
        }),
        ("", "`key_block_size` of a single index", |s| {
            s.create("t", |t| {
                t.integer("a");
                t.index("a").parameter("key_block_size", "8");
            })
        }),
        ("", "`index_expression`: an index is over columns only", |s| {
            s.create("t", |t| {
                t.string("a");
                t.index([expression("lower(a)")]);
            })
        }),
        ("10.6.1-MariaDB", "`desc`: the server reads DESC and forgets it", |s| {
            s.create("t", |t| {
                t.string_of("a", 5);
                t.index([desc("a")]);
            })
        }),
        ("5.7.44", "`check`: the server reads checks and forgets them", |s| {
            s.create("t", |t| {
                t.integer("a").check("a > 0");
            })
        }),
        ("5.7.44", "takes no default for its type", |s| {
            s.create("t", |t| {
                t.text("a").default("x");
            })
        }),
        ("", "is not the name of an engine", |s| {
            s.create("t", |t| {
                t.id();
                t.engine("Inno DB");
            })
        }),
        ("", "there is no table parameter `fillfactor`", |s| {
            s.create("t", |t| {
                t.id();
                t.option("fillfactor", "70");
            })
        }),
        ("8.4.0", "there is no table parameter `page_compressed`", |s| {
            s.create("t", |t| {
                t.id();
                t.option("page_compressed", "1");
            })
        }),
        ("", "a virtual one", |s| {
            s.create("t", |t| {
                t.integer("a");
                t.integer("b");
            });
            s.table("t", |t| {
                t.integer("b").virtual_as("a").change();
            });
        }),
        ("", "its new type can not keep", |s| {
            s.create("t", |t| {
                t.string("a").default("x");
            });
            s.table("t", |t| {
                t.integer("a").change();
            });
        }),
        ("", "a text, whole", |s| {
            s.create("t", |t| {
                t.string("a").index();
            });
            s.table("t", |t| {
                t.text("a").change();
            });
        }),
    ];
    for (version, part, body) in cases {
        let error = refusal(version, *body);
        assert!(matches!(error, CompileError::Unsupported { .. }), "{error}");
        assert!(error.to_string().contains(part), "{error}");
        assert!(error.hint().is_some_and(|hint| !hint.is_empty()), "{error}");
    }
}
