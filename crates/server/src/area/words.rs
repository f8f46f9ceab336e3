use crate::words::words;

words! {
    /// Words of the pages on areas.
    AreaWords {
        title: "辖区", "Areas";
        code: "代码", "Code";
        name: "名称", "Name";
        level: "级别", "Level";
        population: "人口", "Population";
        counted_on: "统计日期", "Counted on";
        below: "下级", "Below";
        unknown: "未知", "Unknown";
        export: "导出", "Export";
        import: "导入", "Import";
        add_one: "新增辖区", "Add an area";
        add: "保存", "Save";
        empty_title: "还没有辖区", "There are no areas yet";
        empty_text: "辖区树是一切的基础：单位、人口、指标都挂在辖区上。先建区（县），再建乡镇、村居。",
            "Everything hangs on the area tree: units, population, indicators. Add the county first, then townships and villages.";
        total: "合计（下级）", "Total (below)";
        total_partial: "其中人口未知：", "Population unknown for: ";
        names: "历次名称", "Names over time";
        populations: "历次人口", "Population counts";
        first_day: "起用日期", "From";
        source: "来源", "Source";
        short: "简称", "Short name";
        rename_do: "保存更名", "Save the new name";
        count_do: "保存人口", "Save the count";
        code_hint: "2、4、6、9、12 位区划代码；12 位补零代码会自动识别级别。",
            "2, 4, 6, 9 or 12 digits; a 12-digit code padded with zeros is recognised.";
        population_hint: "不知道就留空，不要填 0。", "Leave it empty when unknown; do not write 0.";
        source_hint: "如：第七次人口普查、统计年鉴2025。", "Such as: 2020 census, yearbook 2025.";
        needed: "必填。", "Required.";
        too_long: "最多 80 个字符。", "At most 80 characters.";
        date_bad: "请写成 2026-11-22 这样的日期。", "Write a date like 2026-11-22.";
        date_far: "日期应在 1949 年至 2100 年之间。", "The date must lie between 1949 and 2100.";
        number_bad: "人口应为整数，如 41250。", "A whole number is needed, such as 41250.";
        number_big: "人口过大，请核对。", "This number is too large; check it.";
        parent_missing: "请先建立上级辖区，或改正代码。", "Add the area above it first, or correct the code.";
        outside: "该代码不在您的辖区范围内。", "This code lies outside your area.";
        taken: "这个代码已存在。", "This code is already in use.";
        changed: "该辖区刚被他人修改，下面已是最新内容；您填写的内容保留在表单中，请核对后再保存。",
            "Someone else just changed this area; what you see is the present state. What you typed is still in the form: check it and save again.";
        people: "人", "people";
    }
}
