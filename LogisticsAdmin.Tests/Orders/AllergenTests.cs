using System.Globalization;
using LogisticsAdmin.Features.Audit;
using LogisticsAdmin.Features.Imports;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Imports;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace LogisticsAdmin.Tests.Orders;

/// <summary>Common allergens are read and shown in both languages; what is not known stays as it was typed.</summary>
public sealed class AllergenTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("麸质、鸡蛋", "Gluten、Eggs", "麸质、蛋类", "Gluten, Eggs")]
    [InlineData("eggs,  GLUTEN", "Gluten、Eggs", "麸质、蛋类", "Gluten, Eggs")]
    [InlineData("花生；牛奶/虾", "Crustaceans、Peanuts、Milk", "虾蟹等甲壳类、花生、乳制品", "Crustaceans, Peanuts, Milk")]
    [InlineData("花生 牛奶", "Peanuts、Milk", "花生、乳制品", "Peanuts, Milk")]
    [InlineData("tree nuts, sesame", "Nuts、Sesame", "坚果、芝麻", "Nuts, Sesame")]
    [InlineData("花生、peanut、Peanuts", "Peanuts", "花生", "Peanuts")]
    [InlineData("荞麦，花生", "Peanuts、荞麦", "花生、荞麦", "Peanuts, 荞麦")]
    [InlineData("可能含微量坚果，请询问窗口", "可能含微量坚果,请询问窗口", "可能含微量坚果,请询问窗口", "可能含微量坚果,请询问窗口")]
    [InlineData("荞麦、鱼、蜂蜜", "Fish、荞麦、蜂蜜", "鱼类、荞麦、蜂蜜", "Fish, 荞麦、蜂蜜")]
    [InlineData(" 、,", "", "", "")]
    [InlineData(null, "", "", "")]
    public void Words_of_either_language_are_one_list_and_others_stay_as_they_are(string? typed, string stored, string chinese, string english)
    {
        var list = AllergenList.Parse(typed);

        Assert.Equal(stored, list.ToString());
        Assert.Equal((chinese, english), (Shown(Languages.Chinese), Shown(Languages.English)));
        foreach (var text in new[] { stored, chinese, english }) Assert.Equal(stored, AllergenList.Parse(text).ToString());
        Assert.Equal(stored, AllergenList.Of(list.Known, list.Other));

        string Shown(string language)
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            return list.Show();
        }
    }

    [Fact]
    public void Each_is_recognised_by_its_name_in_both_languages_and_all_together_can_be_stored()
    {
        foreach (var allergen in Enum.GetValues<Allergen>())
        {
            foreach (var name in new[] { allergen.ToString(), AllergenList.NameOf(allergen).Zh, AllergenList.NameOf(allergen).En })
                Assert.Equal([allergen], AllergenList.Parse(name).Known);
        }
        var all = AllergenList.Of(Enum.GetValues<Allergen>(), null);
        Assert.Equal(Enum.GetValues<Allergen>(), AllergenList.Parse(all).Known);
        Assert.True(all.Length <= OrdersLimits.Text);
    }

    [Fact]
    public async Task A_file_in_the_other_language_changes_nothing_and_changes_are_told_in_the_reader_s()
    {
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync();
        var desk = await host.AsAsync(TestUsers.Manager);
        Assert.Equal("Gluten", await StoredAsync());
        await using (var same = await desk.CheckAsync("dishes", "stall,code,name,price,allergens\nT3,D1,番茄牛腩饭,12,wheat\nT3,D2,香菇青菜面,8.5,Gluten\n"))
            Assert.Equal(new ImportCounts(0, 0, 2, 0), same.Counts);

        const string Changed = "档口,编号,名称,价格（元）,过敏原\nT3,D1,番茄牛腩饭,12,\"大豆,Gluten,五香粉\"\n";
        await using (var session = await desk.CheckAsync("dishes", Changed))
        {
            var change = Assert.Single(Assert.Single(session.Verdicts!).Changes);
            var column = session.Kind.Columns.Single(c => c.Key == change.Column);
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.English);
            Assert.Equal(("Gluten", "Gluten, Soybeans, 五香粉"), (ImportWords.Shown(column, change.Old), ImportWords.Shown(column, change.New)));
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
            Assert.Equal("麸质、大豆、五香粉", ImportWords.Shown(column, change.New));
        }
        await desk.ImportAsync("dishes", Changed);
        Assert.Equal("Gluten、Soybeans、五香粉", await StoredAsync());
        var tooLong = string.Concat(Enumerable.Repeat("某种香料", 45)) + ",麸质,甲壳类,亚硫酸盐";
        await using (var session = await desk.CheckAsync("dishes", $"档口,编号,名称,价格（元）,过敏原\nT3,D1,番茄牛腩饭,12,\"{tooLong}\"\n"))
            Assert.Equal(["item-allergens: Import.TooLong"], session.Wrong(2));

        Task<string> StoredAsync() => host.InDatabaseAsync(db => db.ShelfItems.Where(i => i.Id == shop.Beef).Select(i => i.Allergens).SingleAsync(Ct));
    }

    [Fact]
    public async Task The_audit_log_and_files_show_them_in_the_reader_s_language()
    {
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync();
        var desk = await host.AsAsync(TestUsers.Manager);
        var items = desk.Get<ItemService>();
        var row = (await items.AllAsync(new ItemFilter(ShelfKind.Meals), Ct)).Single(i => i.Id == shop.Beef);
        await items.SaveAsync(shop.Beef, new ItemForm
        {
            Version = row.Version,
            Shelf = ShelfKind.Meals,
            StallId = shop.Stall,
            Code = row.Code,
            Name = row.Name.Zh,
            Price = row.Price.Yuan,
            Allergens = AllergenList.Of([Allergen.Fish], "五香粉"),
            Meals = row.Meals,
            Portions = row.Portions,
        }, Ct);

        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.English);
        var admin = await host.AsAsync(TestUsers.Administrator);
        var changed = (await admin.Get<AuditService>().ListAsync(new AuditFilter(), ct: Ct)).Items.SelectMany(a => a.Rows)
            .Single(r => r.Entity == nameof(ShelfItem) && r.Field == nameof(ShelfItem.Allergens) && r.Old is not null);
        var display = admin.Get<AuditDisplay>();
        Assert.Equal(("Gluten", "Fish, 五香粉"), (display.Value(changed, changed.Old), display.Value(changed, changed.New)));
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        Assert.Equal("鱼类、五香粉", display.Value(changed, changed.New));
    }

    [Fact]
    public async Task Residents_read_those_of_the_example_dishes_in_their_language()
    {
        await using var app = await TestApp.StartAsync(clock: new FakeTimeProvider(TestHost.Start));
        var student = await app.SignInAsync(TestUsers.Resident);
        Assert.Contains("含 麸质", (await student.PageAsync("/my/orders/menu")).Body!.TextContent, StringComparison.Ordinal);

        using var english = await student.PostFormAsync("/my/orders/menu", ("language", "en"));
        Assert.Contains("Allergens: Gluten", (await student.PageAsync("/my/orders/menu")).Body!.TextContent, StringComparison.Ordinal);
    }
}
