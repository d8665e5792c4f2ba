using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Fees;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Support;

/// <summary>A canteen with a stall, two dishes and a thing, as the tests of orders need them.</summary>
internal sealed record Shop(long Canteen, long Stall, long Beef, long Noodles, long Soap)
{
    /// <summary>Of a portion of beef and of noodles, and of a piece of soap, in fen.</summary>
    public const long BeefFen = 1_200, NoodlesFen = 850, SoapFen = 500;

    /// <summary>Dinner is ordered until 16:00, two hours after the tests begin.</summary>
    public static readonly TimeOnly Slot = new(17, 0), Later = new(17, 30);
}

/// <summary>Steps of the tests of meals and goods.</summary>
internal static class OrderSteps
{
    /// <summary>The number of the order that the sweeps over all pages open.</summary>
    public const string FirstOrder = "DC20261122-0001";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>An order of the resident that was packed and can be picked up.</summary>
    public static async Task<int> AddFirstOrderAsync(LogisticsDb db)
    {
        if (await db.PlacedOrders.AnyAsync(o => o.Number == FirstOrder)) return 0;
        var me = await db.Users.Where(p => p.UserName == TestUsers.Resident).Select(p => p.Id).SingleAsync();
        await db.WriteAsync(_ =>
        {
            var order = new PlacedOrder(FirstOrder, ShelfKind.Goods, me, PickUpCode.New(), null, me, TestHost.Start);
            order.OfGoods(new DateOnly(2026, 11, 22), null);
            order.Pay(TestHost.Start);
            order.Prepare(me, TestHost.Start);
            db.PlacedOrders.Add(order);
            return Task.CompletedTask;
        });
        return 1;
    }

    extension(TestHost host)
    {
        /// <summary>Dinner every day from 17:00 to 19:00 in slots of half an hour, ten portions of each dish, ten pieces of soap.</summary>
        public async Task<Shop> ShopAsync(int portions = 10, int capacity = 100, int? mostPortions = null)
        {
            var manager = await host.AsAsync(TestUsers.Manager);
            var (canteens, items) = (manager.Get<CanteenService>(), manager.Get<ItemService>());
            if (mostPortions is { } most)
            {
                var rules = await canteens.RulesAsync(Ct);
                rules.MostPortions = most;
                await canteens.SaveRulesAsync(rules, Ct);
            }
            var canteen = await canteens.AddAsync(new CanteenForm { Code = "T1", Name = "一食堂", NameEn = "Canteen 1", Location = "竹园南侧" }, Ct);
            var stall = await canteens.AddStallAsync(canteen, new StallForm { Code = "T3", Name = "3 号档 盖饭", NameEn = "Stall 3" }, Ct);
            await canteens.ServeAsync(canteen, Meal.Dinner, new ServedMealForm
            {
                From = "17:00",
                Until = "19:00",
                CutOffMinutes = 60,
                SlotMinutes = 30,
                SlotCapacity = capacity,
            }, Ct);
            var beef = await items.CreateAsync(Dish(stall, "D1", "番茄牛腩饭", 12m, portions), Ct);
            var noodles = await items.CreateAsync(Dish(stall, "D2", "香菇青菜面", 8.5m, portions), Ct);
            var soap = await items.CreateAsync(new ItemForm
            {
                Shelf = ShelfKind.Goods,
                Code = "G1",
                Name = "香皂",
                Price = 5,
                Unit = "块",
                Limit = 4,
                IsDelivered = true,
                Threshold = 3,
            }, Ct);
            await manager.Get<StockService>().MoveAsync(soap, new MovementForm { Quantity = 10, Note = "首次入库" }, Ct);
            return new Shop(canteen, stall, beef, noodles, soap);
        }

        public DateOnly Today => host.Services.GetRequiredService<OfficeTime>().Today;

        /// <summary>An order of dinner today.</summary>
        public OrderForm Dinner(Shop shop, int beef = 1, int noodles = 0, TimeOnly? slot = null, PayWay way = PayWay.Account) => new()
        {
            Shelf = ShelfKind.Meals,
            StallId = shop.Stall,
            Day = host.Today,
            Meal = Meal.Dinner,
            Slot = slot ?? Shop.Slot,
            Lines = [new BasketLine(shop.Beef, beef), new BasketLine(shop.Noodles, noodles)],
            PayWay = way,
            Key = Guid.NewGuid(),
        };

        public async Task<string> OrderAsync(OrderForm form, string who = TestUsers.Resident) =>
            (await (await host.AsAsync(who)).Get<OrderingService>().PlaceAsync(form, Ct)).Number;

        public async Task<PlacedOrder> StoredAsync(string number) => await host.InDatabaseAsync(db =>
            db.PlacedOrders.AsNoTracking().Include(o => o.Lines).Include(o => o.Events).SingleAsync(o => o.Number == number, Ct));

        public Task<MealStock> PortionsAsync(long dish) => host.InDatabaseAsync(db => db.MealStocks.AsNoTracking().SingleAsync(s => s.ItemId == dish, Ct));

        /// <summary>Residents with so much money, by their user names.</summary>
        public async Task<IReadOnlyList<string>> RichAsync(int count, long fen)
        {
            var ledger = host.AsSystem().Get<LedgerWriter>();
            return await host.InDatabaseAsync(db => db.WriteAsync(async token =>
            {
                var held = db.UserRoles;
                for (var have = await held.CountAsync(r => r.RoleId == (long)Role.Resident, token); have < count; have++)
                {
                    var person = new Person($"eater{have}", $"同学{have}");
                    db.Users.Add(person);
                    await db.SaveChangesAsync(token);
                    held.Add(new IdentityUserRole<long> { UserId = person.Id, RoleId = (long)Role.Resident });
                }
                await db.SaveChangesAsync(token);
                var people = await db.Users.Where(p => held.Any(r => r.UserId == p.Id && r.RoleId == (long)Role.Resident)).OrderBy(p => p.Id).Take(count)
                    .Select(p => new { p.Id, p.UserName }).ToListAsync(token);
                foreach (var person in people)
                {
                    var (account, cash) = (
                        await LedgerWriter.AccountAsync(db, LedgerAccount.OfPerson(person.Id), token),
                        await LedgerWriter.AccountAsync(db, LedgerAccount.OfOffice(LedgerAccountKind.Cash), token));
                    await ledger.PostAsync(
                        db, TransactionKind.TopUp, $"test:{person.Id}", [(account, new Money(fen)), (cash, new Money(-fen))], token);
                }
                return people.ConvertAll(p => p.UserName!);
            }, Ct));
        }

        public async Task<string> KeyOfAsync(string who = TestUsers.Resident) => LedgerAccount.PersonKey((await host.AsAsync(who)).PersonId);

        /// <summary>Ends what is due.</summary>
        public Task RunOrdersAsync() => host.AsSystem().Get<OrderRunner>().RunAsync(Ct);

        /// <summary>Stock and sold portions add up, the ledger agrees with the orders, and is sound itself.</summary>
        public async Task DemandOrdersSoundAsync()
        {
            var problems = await host.InDatabaseAsync(async db =>
            {
                var check = host.AsSystem().Get<IEnumerable<IStorageCheck>>().OfType<OrdersCheck>().Single();
                List<string> found = [];
                await foreach (var problem in check.ProblemsAsync(db, host.Directory, Ct)) found.Add(problem);
                return found;
            });
            Assert.Empty(problems);
            var kept = await host.InDatabaseAsync(db => db.PlacedOrders.Where(o => OrderMoves.Sold.Contains(o.State)).SumAsync(o => o.TotalFen, Ct));
            Assert.Equal(kept, await host.BalanceAsync("orders"));
            await host.DemandSoundAsync();
        }
    }

    private static ItemForm Dish(long stall, string code, string name, decimal price, int portions) => new()
    {
        Shelf = ShelfKind.Meals,
        StallId = stall,
        Code = code,
        Name = name,
        Price = price,
        Portions = portions,
        Meals = (int)Meal.Dinner,
        Allergens = "麸质",
    };
}
