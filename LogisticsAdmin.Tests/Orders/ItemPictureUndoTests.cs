using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Media;
using LogisticsAdmin.Tests.Fees;
using LogisticsAdmin.Tests.Repairs;
using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Orders;

/// <summary>Pictures of dishes and goods, after an undo.</summary>
public sealed class ItemPictureUndoTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_of_only_the_picture_is_offered_and_taken_back_also_to_none()
    {
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var (first, second) = (await PictureAsync(manager), await PictureAsync(manager));
        var undo = manager.Get<ItemsUndo>();

        await ShowAsync(manager, shop, first);
        Assert.Equal(nameof(ItemAct.Edit), (await undo.LatestAsync(Ct))?.Act);
        Assert.Equal(1, (await undo.UndoAsync(undo.Latest!.Value, Ct)).Done);
        Assert.Null((await SoapAsync(manager)).Picture);

        await ShowAsync(manager, shop, first);
        await ShowAsync(manager, shop, second);
        Assert.Equal(1, (await undo.UndoAsync(undo.Latest!.Value, Ct)).Done);
        Assert.Equal(first, (await SoapAsync(manager)).Picture);
    }

    [Fact]
    public async Task A_picture_whose_file_is_gone_does_not_come_back()
    {
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var (first, second) = (await PictureAsync(manager), await PictureAsync(manager));
        await ShowAsync(manager, shop, first);
        await ShowAsync(manager, shop, second);
        host.Services.GetRequiredService<MediaStore>().Delete(first);

        Assert.Equal(1, (await manager.Get<ItemsUndo>().UndoAsync(manager.Get<ItemsUndo>().Latest!.Value, Ct)).Done);

        Assert.Null((await SoapAsync(manager)).Picture);
    }

    [Fact]
    public async Task A_step_that_was_stored_without_pictures_leaves_the_picture()
    {
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var picture = await PictureAsync(manager);
        await ShowAsync(manager, shop, picture);
        await ShowAsync(manager, shop, null, "肥皂");
        var undo = manager.Get<ItemsUndo>();
        var step = undo.Latest!.Value;
        await host.DisturbAsync(
            "UPDATE UndoItems SET \"Before\" = json_remove(\"Before\", '$.Picture', '$.HasPicture'), "
            + "\"After\" = json_remove(\"After\", '$.Picture', '$.HasPicture') WHERE StepId = {0}", step);

        Assert.Equal(1, (await undo.UndoAsync(step, Ct)).Done);

        var soap = await SoapAsync(manager);
        Assert.Equal(("香皂", picture), (soap.Name.Zh, soap.Picture));
    }

    private static async Task<Guid> PictureAsync(Desk manager)
    {
        using var upload = new MemoryStream(Phone.Jpeg());
        return await manager.Get<ItemPictures>().StoreAsync(upload, Ct);
    }

    private static async Task ShowAsync(Desk manager, Shop shop, Guid? picture, string name = "香皂")
    {
        var row = await SoapAsync(manager);
        await manager.Get<ItemService>().SaveAsync(shop.Soap, new ItemForm
        {
            Version = row.Version,
            Shelf = row.Shelf,
            Code = row.Code,
            Name = name,
            Price = row.Price.Fen / 100m,
            Category = row.Category,
            Unit = row.Unit,
            Limit = row.Limit,
            IsDelivered = row.IsDelivered,
            Threshold = row.Threshold,
            Picture = picture,
        }, Ct);
    }

    private static async Task<ItemRow> SoapAsync(Desk manager) =>
        (await manager.Get<ItemService>().ListAsync(new ItemFilter(ShelfKind.Goods) { Text = "G1" }, Ct)).Items.Single(i => i.Code == "G1");
}
