//! Writes the TypeScript of every shape and command that crosses to the page, made from Rust.

fn main() -> anyhow::Result<()> {
    let file = acceptance::place::checkout().join("ui/src/lib/api/types.ts");
    std::fs::write(file, monitor::surface::typescript())?;
    Ok(())
}
